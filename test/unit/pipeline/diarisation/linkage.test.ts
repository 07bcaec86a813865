import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageLinkage,
  cosine,
  cut,
  toUnit,
} from '../../../../src/pipeline/diarisation/linkage.ts';
import { evenly } from '../../../helpers/numbers.ts';

interface Case {
  readonly vectors: readonly (readonly number[])[];
  readonly cosines: readonly number[];
  readonly cut: number;
  readonly labels: readonly number[];
}
const scipy = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/linkage.json', import.meta.url), 'utf8'),
) as Case[];

/** Labels by first appearance, so that two numberings of one partition are equal. */
function partition(labels: Iterable<number>): number[] {
  const names = new Map<number, number>();
  return [...labels].map((label) => names.get(label) ?? names.set(label, names.size).size - 1);
}

const unit = (rows: readonly (readonly number[])[]) =>
  toUnit(rows.map((row) => Float32Array.from(row)));

describe('averageLinkage', () => {
  it.each(scipy.map((each) => [each.vectors.length, each] as const))(
    'of %i vectors merges as SciPy does',
    (n, { vectors, cosines, cut: threshold, labels }) => {
      const merges = averageLinkage(unit(vectors));
      expect(merges).toHaveLength(n - 1);
      merges.forEach((merge, i) => expect(merge.cosine).toBeCloseTo(cosines[i]!, 4));
      const count = merges.filter((merge) => merge.cosine >= threshold).length;
      expect([...cut(merges, n, count)]).toEqual(partition(labels));
    },
  );

  /** Vectors without two equal cosines between them: merges have one order. */
  const distinct = fc
    .array(fc.array(evenly(-1, 1), { minLength: 6, maxLength: 6 }), {
      minLength: 2,
      maxLength: 14,
    })
    .map(unit)
    .filter((vectors) => {
      const values = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => cosine(a, b)));
      values.sort((a, b) => a - b);
      return values.every((value, i) => i === 0 || value - values[i - 1]! > 1e-3);
    });

  /** The plain O(n³) way: merge the two clusters with the largest mean cosine, again and again. */
  function plainly(vectors: readonly Float32Array[]): { cosine: number; labels: number[] }[] {
    let clusters = vectors.map((_, i) => [i]);
    const steps: { cosine: number; labels: number[] }[] = [];
    while (clusters.length > 1) {
      let best = { value: -Infinity, a: 0, b: 0 };
      for (let a = 0; a < clusters.length; a++) {
        for (let b = a + 1; b < clusters.length; b++) {
          const pairs = clusters[a]!.flatMap((i) =>
            clusters[b]!.map((j) => cosine(vectors[i]!, vectors[j]!)),
          );
          const value = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
          if (value > best.value) best = { value, a, b };
        }
      }
      const joined = [...clusters[best.a]!, ...clusters[best.b]!];
      clusters = clusters.filter((_, i) => i !== best.a && i !== best.b).concat([joined]);
      const labels = vectors.map((_, i) => clusters.findIndex((members) => members.includes(i)));
      steps.push({ cosine: best.value, labels: partition(labels) });
    }
    return steps;
  }

  it('gives the merges of the plain way, and the same partition at every height', () => {
    fc.assert(
      fc.property(distinct, (vectors) => {
        const merges = averageLinkage(vectors);
        const expected = plainly(vectors);
        expect(merges).toHaveLength(expected.length);
        expected.forEach((step, i) => {
          expect(merges[i]!.cosine).toBeCloseTo(step.cosine, 4);
          const next = expected[i + 1]?.cosine ?? -Infinity;
          // Two heights that are nearly equal may come in either order.
          if (step.cosine - next > 1e-4) {
            expect([...cut(merges, vectors.length, i + 1)]).toEqual(step.labels);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('puts children before parents, by falling cosine', () => {
    fc.assert(
      fc.property(distinct, (vectors) => {
        const merges = averageLinkage(vectors);
        const used = new Set<number>();
        merges.forEach(({ a, b, cosine: height }, i) => {
          for (const child of [a, b]) {
            expect(child).toBeLessThan(vectors.length + i);
            expect(used.has(child)).toBe(false);
            used.add(child);
          }
          if (i > 0) expect(height).toBeLessThanOrEqual(merges[i - 1]!.cosine);
        });
        expect(used.size).toBe(2 * vectors.length - 2);
      }),
    );
  });

  it('has nothing to merge in a single vector', () => {
    expect(averageLinkage(unit([[1, 2, 3]]))).toEqual([]);
    expect([...cut([], 1, 0)]).toEqual([0]);
  });
});

describe('toUnit', () => {
  it('scales to length 1 and leaves nothing as it is', () => {
    const [vector, zero] = unit([
      [3, 0, 4],
      [0, 0, 0],
    ]);
    expect([...vector!].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.6, 0, 0.8]);
    expect([...zero!]).toEqual([0, 0, 0]);
  });
});
