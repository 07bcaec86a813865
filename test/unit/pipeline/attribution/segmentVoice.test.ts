import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  segmentVoice,
  type SpokenPiece,
} from '../../../../src/pipeline/attribution/segmentVoice.ts';
import { cosine, toUnit } from '../../../../src/pipeline/diarisation/linkage.ts';
import { FRAME_SECONDS } from '../../../../src/pipeline/segmentation/windows.ts';
import { evenly } from '../../../helpers/numbers.ts';

/** A piece of a speaker whose frames fill [start, end). */
function piece(speaker: number, start: number, end: number, ...direction: number[]): SpokenPiece {
  const frames = Math.floor((end - start) / FRAME_SECONDS);
  const maskSeconds = Float64Array.from({ length: frames }, (_, i) => start + i * FRAME_SECONDS);
  return { speaker, maskSeconds, vector: toUnit([Float32Array.from(direction)])[0]! };
}

/** Seconds of [from, to) in which speaker 0 speaks, in however many pieces at once. */
function spokenSeconds(pieces: readonly SpokenPiece[], from: number, to: number): number {
  const stretches = pieces
    .filter(({ speaker, maskSeconds }) => speaker === 0 && maskSeconds.length > 0)
    .map(({ maskSeconds }) => [maskSeconds[0]!, maskSeconds.at(-1)! + FRAME_SECONDS] as const)
    .sort(([a], [b]) => a - b);
  let seconds = 0;
  let done = from;
  for (const [start, end] of stretches) {
    const until = Math.min(to, end);
    seconds += Math.max(0, until - Math.max(done, start));
    done = Math.max(done, until);
  }
  return seconds;
}

describe('segmentVoice', () => {
  it('is its own with half a second of speech within', () => {
    const { embedding, vector } = segmentVoice(1, 2, 0, [piece(0, 0, 1.6, 1, 0)]);
    expect(embedding).toBe('own');
    expect([...vector!]).toEqual([1, 0]);
  });

  it('weights pieces with how much of them lies within', () => {
    const pieces = [piece(0, 0, 3, 1, 0), piece(0, 3, 6, 0, 1)];
    const { vector } = segmentVoice(0, 4, 0, pieces);
    expect(vector![1]! / vector![0]!).toBeCloseTo(1 / 3, 1);
    expect(cosine(vector!, vector!)).toBeCloseTo(1, 5);
  });

  it('counts speech once that the pieces of two windows share', () => {
    const shared = [piece(0, 1.2, 1.5, 1, 0), piece(0, 1.205, 1.505, 1, 0)];
    expect(segmentVoice(1, 2, 0, shared).embedding).toBe('borrowed');
  });

  it('is widened into the same speaker’s speech around, and no other’s', () => {
    const around = [piece(0, 0, 1.2, 1, 0), piece(1, 2.3, 9, 0, 1)];
    const { embedding, vector } = segmentVoice(2, 2.3, 0, around);
    expect(embedding).toBe('widened');
    expect([...vector!]).toEqual([1, 0]);
  });

  it('is borrowed where the speaker is known and the audio is not enough', () => {
    const far = [piece(0, 0, 3, 1, 0)];
    expect(segmentVoice(5, 6, 0, far)).toEqual({ embedding: 'borrowed', vector: null });
    expect(segmentVoice(2.6, 3.4, 1, far)).toEqual({ embedding: 'borrowed', vector: null });
  });

  it('is none where no speaker is known', () => {
    expect(segmentVoice(0, 3, -1, [piece(-1, 0, 3, 1)])).toEqual({
      embedding: 'none',
      vector: null,
    });
  });

  it('has one class by the seconds that there are, for any pieces', () => {
    const pieces = fc.array(
      fc
        .tuple(fc.nat(1), evenly(0, 10), evenly(0.1, 3), evenly(0.1, 1), evenly(0.1, 1))
        .map(([speaker, start, length, x, y]) => piece(speaker, start, start + length, x, y)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(pieces, evenly(0, 10), evenly(0.05, 4), (spoken, start, length) => {
        const end = start + length;
        const { embedding, vector } = segmentVoice(start, end, 0, spoken);
        // Six pieces with two edges each: so much depends on how frames fall.
        const [least, most] = [0.5 - 12 * FRAME_SECONDS, 0.5 + 12 * FRAME_SECONDS];
        const own = spokenSeconds(spoken, start, end);
        if (own >= most) expect(embedding).toBe('own');
        else if (own < least) {
          const wide = spokenSeconds(spoken, start - 1.5, end + 1.5);
          if (wide >= most) expect(embedding).toBe('widened');
          else if (wide < least) expect(embedding).toBe('borrowed');
        }
        expect(vector === null).toBe(embedding === 'borrowed');
        if (vector) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      }),
    );
  });
});
