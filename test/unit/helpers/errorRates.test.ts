import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diarisationErrors, parseRttm, type Turn } from '../../helpers/diarisationErrorRate.ts';
import { normalisedWords, wordErrors } from '../../helpers/wordErrorRate.ts';

interface Case {
  readonly reference: Turn[];
  readonly hypothesis: Turn[];
  readonly scores: readonly {
    readonly collar: number;
    readonly missed: number;
    readonly falseAlarm: number;
    readonly confusion: number;
    readonly total: number;
  }[];
}
const pyannote = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/diarisation-errors.json', import.meta.url), 'utf8'),
) as Case[];

describe('diarisationErrors', () => {
  it.each(pyannote.map((each, i) => [i, each] as const))(
    'gives what pyannote.metrics gives for case %i',
    (_, { reference, hypothesis, scores }) => {
      for (const { collar, ...expected } of scores) {
        const errors = diarisationErrors(reference, hypothesis, collar);
        for (const key of ['missed', 'falseAlarm', 'confusion', 'total'] as const) {
          expect(errors[key], `${key} at collar ${collar}`).toBeCloseTo(expected[key], 4);
        }
      }
    },
  );

  it('counts by hand: a second missed, one invented, two confused, of ten', () => {
    const truth = [
      { start: 0, end: 6, speaker: 'a' },
      { start: 6, end: 10, speaker: 'b' },
    ];
    const found = [
      { start: 1, end: 8, speaker: 'x' },
      { start: 8, end: 11, speaker: 'y' },
    ];
    const errors = diarisationErrors(truth, found, 0);
    expect(errors).toMatchObject({ missed: 1, falseAlarm: 1, confusion: 2, total: 10, rate: 0.4 });
    expect(Object.fromEntries(errors.mapping)).toEqual({ x: 'a', y: 'b' });
  });

  it('is 0 for the same turns under other names', () => {
    const [{ reference }] = pyannote as [Case];
    const renamed = reference.map((turn) => ({ ...turn, speaker: `other ${turn.speaker}` }));
    expect(diarisationErrors(reference, renamed, 0).rate).toBe(0);
  });

  it('reads RTTM', () => {
    expect(parseRttm('SPEAKER f 1 0.500 2.000 <NA> <NA> ann <NA> <NA>\n;; note\n')).toEqual([
      { start: 0.5, end: 2.5, speaker: 'ann' },
    ]);
  });
});

describe('wordErrors', () => {
  it('compares words alone', () => {
    expect(normalisedWords("Mr. Dashwood’s ill-disposed — 'very' COLD-hearted: feed'st!")).toEqual([
      'mister',
      "dashwood's",
      'ill',
      'disposed',
      'very',
      'cold',
      'hearted',
      "feed'st",
    ]);
    expect(wordErrors('He was not, Mr. Smith!', 'he was not mister smith').rate).toBe(0);
  });

  it.each([
    ['a b c d', 'a x c d', { substitutions: 1, deletions: 0, insertions: 0, rate: 0.25 }],
    ['a b c d', 'a c d', { substitutions: 0, deletions: 1, insertions: 0, rate: 0.25 }],
    ['a b', 'a x y b', { substitutions: 0, deletions: 0, insertions: 2, rate: 1 }],
    ['a b', '', { substitutions: 0, deletions: 2, insertions: 0, rate: 1 }],
    ['', '', { substitutions: 0, deletions: 0, insertions: 0, rate: 0 }],
    ['', 'a', { insertions: 1, rate: Infinity }],
  ])('“%s” heard as “%s”', (truth, heard, expected) => {
    expect(wordErrors(truth, heard)).toMatchObject(expected);
  });

  it('is a distance: symmetric, and no less than the difference in length', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 });
    const errors = (a: string[], b: string[]) => {
      const counts = wordErrors(a.join(' '), b.join(' '));
      return counts.substitutions + counts.deletions + counts.insertions;
    };
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(errors(a, b)).toBe(errors(b, a));
        expect(errors(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(errors(a, c)).toBeLessThanOrEqual(errors(a, b) + errors(b, c));
        expect(errors(a, a)).toBe(0);
      }),
    );
  });
});
