import { expect, it } from 'vitest';
import { countOf, formatAmount, formatExtent } from '../../../../webview/shared/amounts.ts';

it('says amounts in the words of their units', () => {
  expect(
    (
      [
        [0.25, 's'],
        [1500, 'ms'],
        [2e9, 'ns'],
        [0.5, 'share'],
        [1.5e9, 'By'],
        [0.31, 's/s'],
        [42, 'texts/s'],
        [null, 's'],
        [NaN, 'By'],
      ] as const
    ).map(([value, unit]) => formatAmount(value, unit)),
  ).toEqual(['0.250 s', '1.50 s', '2 s', '50.00 %', '1.50 GB', '0.310', '42 texts/s', '–', '–']);
});

it('counts weights in their unit and times in theirs', () => {
  expect(formatExtent(1.5e6, null)).toBe('1.50 ms');
  expect(formatExtent(12, 'samples')).toBe('12 samples');
  expect(formatExtent(1.5e6, 'nanoseconds')).toBe('1.50 ms');
  expect(formatExtent(2, '{messages}')).toBe('2 messages');
  expect(formatExtent(2, 'constructor')).toBe('2 constructor');
});

it('counts one and many', () => {
  expect([countOf(1, 'span'), countOf(2, 'span'), countOf(0, 'match', 'matches')]).toEqual([
    '1 span',
    '2 spans',
    '0 matches',
  ]);
});
