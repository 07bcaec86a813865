import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoop, withoutLoops } from '../../../../src/pipeline/recognition/loopGuard.ts';

describe('isLoop', () => {
  it.each([
    'It is able to be able to be able to be able to be',
    'no no no no',
    'Thank you. Thank you. Thank you. Thank you.',
    'and THE, and the; and the - and the',
    'one two three four one two three four one two three four one two three four',
    'five words are too long, five words are too long, five words are too long, ' +
      'five words are too long, five words are too long',
    'ha'.repeat(60),
    'да да да да',
  ])('%s', (text) => {
    expect(isLoop(text)).toBe(true);
  });

  it.each([
    '',
    'no no no',
    'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.',
    'I had had enough of what that that meant.',
    'one two three four one two three four one two three four',
    'Call 555 555 1234, or 555 555 1235.',
  ])('not: %s', (text) => {
    expect(isLoop(text)).toBe(false);
  });

  const words = fc.array(fc.stringMatching(/^[a-z]{1,7}$/), { minLength: 1, maxLength: 4 });

  it('sees any phrase of up to four words that comes four times in a row, whatever is around it', () => {
    fc.assert(
      fc.property(words, words, words, (phrase, before, after) => {
        const text = [before, phrase, phrase, phrase, phrase, after].flat().join(' ');
        expect(isLoop(text)).toBe(true);
      }),
    );
  });

  it('lets short texts pass whose words are all different', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{2,7}$/), { minLength: 1, maxLength: 7 }),
        (different) => {
          expect(isLoop(different.join(' '))).toBe(false);
        },
      ),
    );
  });
});

describe('withoutLoops', () => {
  it.each([
    ['Had he married a more amiable, amiable, amiable, amiable,', 'Had he married a more amiable,'],
    ['It is able to be able to be able to be able to be so', 'It is able to be so'],
    ['no no no', 'no no no'],
    ['', ''],
  ])('%s', (text, once) => {
    expect(withoutLoops(text)).toBe(once);
  });

  it('leaves no loop of words, adds none, and keeps text without loops as it is', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'D.');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (list) => {
        const text = list.join(' ');
        const once = withoutLoops(text);
        expect(withoutLoops(once)).toBe(once);
        if (once !== text) expect(isLoop(text)).toBe(true);
        expect(once.split(' ').every((each) => text.split(' ').includes(each))).toBe(true);
      }),
    );
  });
});
