import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosine, toUnit } from '../../../../src/pipeline/diarisation/linkage.ts';
import { tellApart, type VoicePiece } from '../../../../src/pipeline/diarisation/speakers.ts';
import { evenly } from '../../../helpers/numbers.ts';

const DIMENSIONS = 12;

/** A piece of voice `voice`: mostly along its own axis, a little along others. */
function piece(voice: number, cleanSeconds: number, group: number, noise: readonly number[] = []) {
  const vector = new Float32Array(DIMENSIONS);
  noise.forEach((value, i) => (vector[i % DIMENSIONS] = value));
  vector[voice] = (vector[voice] ?? 0) + 1;
  toUnit([vector]);
  return { vector, cleanSeconds, group, voice };
}

type Spoken = VoicePiece & { readonly voice: number };

const noise = fc.array(evenly(-0.12, 0.12), {
  minLength: DIMENSIONS,
  maxLength: DIMENSIONS,
});

/** Recordings of some well separated voices, each with enough speech to count. */
const recordings = fc.integer({ min: 1, max: 5 }).chain((voices) =>
  fc
    .array(fc.tuple(fc.nat(voices - 1), evenly(0.1, 3), noise), {
      minLength: 4,
      maxLength: 40,
    })
    .map((rows) => {
      const spoken: Spoken[] = rows.map(([voice, seconds, vector], i) =>
        piece(voice, seconds, i, vector),
      );
      for (let voice = 0; voice < voices; voice++) {
        for (const part of [0, 1]) spoken.push(piece(voice, 2.7, rows.length + 2 * voice + part));
      }
      return { voices, spoken };
    }),
);

/** Whether two labellings put the same pieces together. */
function sameGroups(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const forth = new Map<number, number>();
  const back = new Map<number, number>();
  return Array.from(a).every((label, i) => {
    const other = b[i]!;
    if (!forth.has(label)) forth.set(label, other);
    if (!back.has(other)) back.set(other, label);
    return forth.get(label) === other && back.get(other) === label;
  });
}

describe('tellApart', () => {
  it('finds voices that are well apart, and gives every piece to its own', () => {
    fc.assert(
      fc.property(recordings, ({ voices, spoken }) => {
        const { centroids, speakerOf } = tellApart(spoken, null);
        expect(centroids).toHaveLength(voices);
        expect(
          sameGroups(
            speakerOf,
            spoken.map(({ voice }) => voice),
          ),
        ).toBe(true);
        for (const centroid of centroids) expect(cosine(centroid, centroid)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('does not depend on the order of the pieces', () => {
    const shuffled = recordings.chain(({ spoken }) =>
      fc.tuple(
        fc.constant(spoken),
        fc.shuffledSubarray([...spoken.keys()], {
          minLength: spoken.length,
          maxLength: spoken.length,
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([spoken, order]) => {
        const straight = tellApart(spoken, null);
        const mixed = tellApart(
          order.map((i) => spoken[i]!),
          null,
        );
        expect(mixed.centroids).toHaveLength(straight.centroids.length);
        expect(
          sameGroups(
            mixed.speakerOf,
            order.map((i) => straight.speakerOf[i]!),
          ),
        ).toBe(true);
      }),
    );
  });

  it('keeps within a number or bounds wherever a cut can', () => {
    const bounded = fc.tuple(recordings, fc.integer({ min: 1, max: 5 }), fc.nat(2));
    fc.assert(
      fc.property(bounded, ([{ voices, spoken }, min, more]) => {
        const max = min + more;
        const { centroids } = tellApart(spoken, { min, max });
        // Merging reaches every smaller number; splitting a voice needs 5 s of speech on each side.
        expect(centroids.length).toBeLessThanOrEqual(max);
        if (voices >= min) expect(centroids.length).toBeGreaterThanOrEqual(min);
        if (voices >= min && voices <= max) expect(centroids).toHaveLength(voices);
      }),
    );
  });

  it('splits a voice in two where two are known to speak', () => {
    const lean = (side: number) => piece(0, 3, 0, [0, 0.5 * side]);
    const spoken = [1, 1, 1, -1, -1, -1].map((side, group) => ({ ...lean(side), group }));
    expect(tellApart(spoken, null).centroids).toHaveLength(1);
    const { centroids, speakerOf } = tellApart(spoken, { min: 2, max: 2 });
    expect(centroids).toHaveLength(2);
    expect(sameGroups(speakerOf, [1, 1, 1, 0, 0, 0])).toBe(true);
  });

  it('takes a voice with less than 5 s in all for nobody, unless it is the only one', () => {
    const main = Array.from({ length: 30 }, (_, group) => piece(0, 2.5, group));
    const cough = [piece(1, 2.4, 97, [0.3]), piece(1, 2.4, 98, [0.3])];
    const { centroids, speakerOf } = tellApart([...main, ...cough], null);
    expect(centroids).toHaveLength(1);
    expect([...speakerOf].every((speaker) => speaker === 0)).toBe(true);
    expect(tellApart(cough, null).centroids).toHaveLength(1);
  });

  it('hears somebody who says 2 s, and 8 % of all, in a short recording', () => {
    const main = [0, 1, 2, 3].map((group) => piece(0, 3, group));
    expect(tellApart([...main, piece(1, 2.1, 9, [0.3])], null).centroids).toHaveLength(2);
    expect(tellApart([...main, piece(1, 1.9, 9, [0.3])], null).centroids).toHaveLength(1);
    const longer = Array.from({ length: 12 }, (_, group) => piece(0, 3, group));
    expect(tellApart([...longer, piece(1, 2.1, 99, [0.3])], null).centroids).toHaveLength(1);
  });

  it('leans on what the same local speaker says around a piece that is too short to judge', () => {
    const first = [0, 1, 2].map((group) => piece(0, 3, group));
    const second = [10, 11, 12].map((group) => piece(1, 3, group));
    // 0.2 s that sound a little more like the other voice, amid the first one's speech.
    const short = piece(1, 0.2, 0, [0.8]);
    const alone = { ...short, group: 99 };
    const { speakerOf } = tellApart([...first, ...second, short, alone], null);
    expect(speakerOf[6]).toBe(speakerOf[0]);
    expect(speakerOf[7]).toBe(speakerOf[3]);
  });

  it('clusters the longest piece where all are short, and nothing where there are none', () => {
    expect(tellApart([], null)).toEqual({ centroids: [], speakerOf: new Int32Array() });
    const { centroids, speakerOf } = tellApart([piece(0, 0.2, 0), piece(1, 0.4, 1)], null);
    expect(centroids.map((centroid) => [...centroid].indexOf(1))).toEqual([1]);
    expect([...speakerOf]).toEqual([0, 0]);
  });
});
