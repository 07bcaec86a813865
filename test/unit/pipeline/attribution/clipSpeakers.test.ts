import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestSpeaker, partsOf } from '../../../../src/pipeline/attribution/clipSpeakers.ts';
import type { SpeakerTurn } from '../../../../src/pipeline/diarisation/timeline.ts';
import { evenly } from '../../../helpers/numbers.ts';

const turn = (start: number, end: number, speaker: number): SpeakerTurn => ({
  start,
  end,
  speaker,
});
const turns = fc.array(
  fc
    .tuple(evenly(0, 25), evenly(0.05, 6), fc.nat(3))
    .map(([start, length, speaker]) => turn(start, start + length, speaker)),
  { maxLength: 10 },
);

describe('partsOf', () => {
  it('tiles the clip with parts of speakers that speak there, no two alike in a row', () => {
    fc.assert(
      fc.property(turns, evenly(0, 20), evenly(0.1, 15), (spoken, start, length) => {
        const end = start + length;
        const parts = partsOf(start, end, spoken);
        expect(parts[0]!.start).toBe(start);
        expect(parts.at(-1)!.end).toBe(end);
        parts.forEach((part, i) => {
          expect(part.end).toBeGreaterThan(part.start);
          if (i > 0) {
            expect(part.start).toBe(parts[i - 1]!.end);
            expect(part.speaker).not.toBe(parts[i - 1]!.speaker);
          }
          if (part.speaker === -1) expect(parts).toHaveLength(1);
          else {
            const speaks = spoken.some(
              (each) =>
                each.speaker === part.speaker && each.end > part.start && each.start < part.end,
            );
            expect(speaks).toBe(true);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('splits where another speaker takes over for a second or more', () => {
    const [first, second] = partsOf(0, 6, [turn(0, 3, 0), turn(3, 6, 1)]);
    expect([first!.speaker, second!.speaker]).toEqual([0, 1]);
    expect(second!.start).toBeCloseTo(3, 1);
    expect(partsOf(0, 6, [turn(0, 3, 0), turn(3, 3.8, 1), turn(3.8, 6, 0)])).toEqual([
      { start: 0, end: 6, speaker: 0 },
    ]);
  });

  it('leaves the floor to its holder in overlap', () => {
    expect(partsOf(0, 6, [turn(0, 6, 0), turn(2, 5, 1)])).toEqual([
      { start: 0, end: 6, speaker: 0 },
    ]);
  });

  it('knows nobody where nobody speaks', () => {
    expect(partsOf(10, 12, [turn(0, 9, 0)])).toEqual([{ start: 10, end: 12, speaker: -1 }]);
  });

  it('gives a clip of less than a second to who speaks most in it', () => {
    expect(partsOf(0, 0.9, [turn(0, 0.2, 0), turn(0.2, 0.9, 1)])).toEqual([
      { start: 0, end: 0.9, speaker: 1 },
    ]);
  });
});

describe('nearestSpeaker', () => {
  it('goes by the gap between edges, not by the distance of the middles', () => {
    // The long turn's middle is 30 s away, its end half a second; the short one is 2 s away.
    const long = turn(0, 60, 0);
    const short = turn(63.5, 64, 1);
    expect(nearestSpeaker(60.5, 61.5, [long, short])).toBe(0);
    expect(nearestSpeaker(60.5, 61.5, [short, long])).toBe(0);
  });

  it('is a speaker with the smallest gap, 0 where they touch', () => {
    fc.assert(
      fc.property(turns, evenly(0, 30), evenly(0.1, 5), (spoken, start, length) => {
        const end = start + length;
        const gap = (each: SpeakerTurn) => {
          if (each.end < start) return start - each.end;
          return each.start > end ? each.start - end : 0;
        };
        const speaker = nearestSpeaker(start, end, spoken);
        if (spoken.length === 0) expect(speaker).toBe(-1);
        else {
          const smallest = Math.min(...spoken.map(gap));
          const nearest = spoken.filter((each) => Math.abs(gap(each) - smallest) < 1e-9);
          expect(nearest.map((each) => each.speaker)).toContain(speaker);
        }
      }),
    );
  });
});
