import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarState, barLine } from '../../../src/cli/barLine.ts';
import { displayWidth, padToWidth, truncateToWidth } from '../../../src/cli/displayWidth.ts';
import { paletteFor } from '../../../src/cli/palette.ts';
import { bytesText, durationText, numberText, percentText } from '../../../src/cli/quantities.ts';
import { renderTable } from '../../../src/cli/table.ts';

const PLAIN = paletteFor(false);

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['会議', 4],
    ['👂', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['🇩🇪', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['\u200b', 0],
    ['한국어', 6],
    ['שלום', 4],
    ['⚠️', 2],
  ])('%s takes %d columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it('is what padding and shortening keep to', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('会議👂'));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 30 }), (content, columns) => {
        const short = truncateToWidth(content, columns);
        expect(displayWidth(short)).toBeLessThanOrEqual(columns);
        expect(displayWidth(padToWidth(short, columns, 'left'))).toBe(columns);
      }),
    );
  });
});

describe('renderTable', () => {
  const columns = [
    { title: 'Name', cell: ([name]: string[]) => name ?? '', flexible: true },
    { title: 'N', cell: ([, count]: string[]) => count ?? '', align: 'right' as const },
  ];

  it('shortens the flexible column to the width of the terminal', () => {
    const rows = [
      ['会議 about ears and voices', '1'],
      ['b\nc', '10'],
    ];
    expect(renderTable(columns, rows, 22)).toBe(
      'Name                 N\n会議 about ears a…   1\nb c                 10\n',
    );
    expect(renderTable(columns, rows, undefined)).toContain('会議 about ears and voices   1\n');
  });
});

describe('barLine', () => {
  const state: BarState = {
    title: 'Recognise speech',
    state: 'running',
    fraction: 0.456,
    etaSeconds: 83,
    speed: '42× real time',
    startedAt: 1000,
    endedAt: null,
  };

  it('shows share, time left and speed', () => {
    expect(barLine(state, 99, 5000, PLAIN)).toBe(
      '  Recognise speech                  ███████████░░░░░░░░░░░░░  45 %  1:23 left  42× real time',
    );
  });

  it('shows how long a finished stage took', () => {
    const done = { ...state, state: 'done' as const, fraction: 1, etaSeconds: 0, endedAt: 4200 };
    expect(barLine(done, 99, 9000, PLAIN)).toMatch(/^✓ Recognise .*█ 100 % {2}3\.2 s {2}42×/);
    expect(barLine({ ...done, state: 'cached' }, 99, 9000, PLAIN)).toMatch(/100 % {2}cached$/);
  });

  it('is never wider than the terminal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        (columns, speed, fraction) => {
          const line = barLine({ ...state, speed, fraction }, columns, 0, PLAIN);
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

describe('quantities', () => {
  it.each([
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.7, '1 min 00 s'],
    [3599.6, '1 h 00 min'],
    [7385, '2 h 03 min'],
  ])('%d s is %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [999, '999 B'],
    [999_600, '1.0 MB'],
    [27_100_000, '27.1 MB'],
    [123_456_789, '123 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it('rounds', () => {
    expect(percentText(0.9755, 1)).toBe('97.5 %');
    expect(numberText(49.99999)).toBe('50');
    expect(numberText(0.0201234)).toBe('0.02012');
  });
});
