import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../../../src/pipeline/attribution/splitText.ts';

const words = fc.array(fc.stringMatching(/^[a-z]{1,9}[.?!,]?$/), { minLength: 2, maxLength: 30 });
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

describe('splitText', () => {
  it('loses no word and leaves neither side empty', () => {
    fc.assert(
      fc.property(words, share, (spoken, at) => {
        const parts = splitText(spoken.join(' '), at);
        expect(parts).not.toBeNull();
        expect(parts!.join(' ')).toBe(spoken.join(' '));
        for (const part of parts!) expect(part).not.toBe('');
      }),
    );
  });

  it('splits between the words nearest to the share, where no sentence ends near', () => {
    const plain = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(plain, share, (spoken, at) => {
        const text = spoken.join(' ');
        const [head] = splitText(text, at)!;
        const target = text.length * at;
        const chosen = Math.abs(head.length + 1 - target);
        let place = 0;
        for (const word of spoken.slice(0, -1)) {
          place += word.length + 1;
          expect(chosen).toBeLessThanOrEqual(Math.abs(place - target));
        }
      }),
    );
  });

  it('prefers the end of a sentence that is near', () => {
    const text = 'What did he say? He said that it was fine by him.';
    expect(splitText(text, 0.4)).toEqual(['What did he say?', 'He said that it was fine by him.']);
    expect(splitText(text, 0.8)![0]).not.toBe('What did he say?');
    expect(splitText('He said “Stop.” She did not stop at all.', 0.4)![0]).toBe('He said “Stop.”');
  });

  it.each(['', 'word', ' word ', 'word '])('cannot split “%s”', (text) => {
    expect(splitText(text, 0.5)).toBeNull();
  });
});
