import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText, plainText, shortDateText } from '../../../../webview/dashboard/plainText.ts';

/** Lone surrogates, controls and marks among them. */
const ANYTHING = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0x2000, max: 0x2070 })))
  .map((units) => String.fromCharCode(...units));

describe('plainText', () => {
  it('is one line of bounded length without anything that turns or hides text', () => {
    fc.assert(
      fc.property(ANYTHING, fc.integer({ min: 1, max: 40 }), (text, most) => {
        const shown = plainText(text, most);
        expect(Array.from(shown).length).toBeLessThanOrEqual(most);
        expect(shown).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  it('leaves an ordinary name as it is, and cuts a long one', () => {
    expect(plainText('Über naïve ☕ <b>talks</b>')).toBe('Über naïve ☕ <b>talks</b>');
    expect(plainText('a\u202egnp.exe\u0000\n b')).toBe('a gnp.exe b');
    expect(plainText('x'.repeat(10_000), 8)).toBe('xxxxxxx…');
    expect(plainText('👩‍🚀'.repeat(50), 3)).toMatch(/…$/u);
  });
});

describe('dates', () => {
  it('shows a time, and what is no time as it stands', () => {
    expect(dateText('2026-11-23T07:53:00')).toBe('23 Nov 2026, 07:53');
    expect(shortDateText('2026-11-23T07:53:00')).toBe('23 Nov 07:53');
    expect(dateText('soon\u0000')).toBe('soon');
    expect(shortDateText('')).toBe('');
  });
});
