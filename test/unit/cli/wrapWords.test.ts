import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/cli/displayWidth.ts';
import { wrapWords } from '../../../src/cli/wrapWords.ts';

describe('wrapWords', () => {
  it('breaks between words only', () => {
    expect(wrapWords('one two three four', 9)).toBe('one two\nthree\nfour');
    expect(wrapWords('unbreakable', 4)).toBe('unbreakable');
    expect(wrapWords('a b\n\nc', 10)).toBe('a b\n\nc');
  });

  it('keeps every word in order, and no line of two words is too wide', () => {
    const words = fc.array(fc.stringMatching(/^[a-zä字😀]{1,12}$/u), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (list, columns) => {
        const wrapped = wrapWords(list.join(' '), columns);
        expect(wrapped.split(/[ \n]/u)).toEqual(list);
        for (const line of wrapped.split('\n')) {
          if (line.includes(' ')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});
