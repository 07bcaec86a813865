import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches } from '../../../../src/pipeline/recognition/batches.ts';

const SECOND = 16_000;
const lengths = fc.array(fc.integer({ min: 1600, max: 15 * SECOND }), { maxLength: 80 });

describe('planBatches', () => {
  it('puts each clip in exactly one batch, within all bounds', () => {
    fc.assert(
      fc.property(lengths, (samples) => {
        const batches = planBatches(samples);
        expect(batches.flat().sort((a, b) => a - b)).toEqual([...samples.keys()]);
        for (const batch of batches) {
          const rows = batch.map((clip) => samples[clip]!);
          const [longest, shortest] = [Math.max(...rows), Math.min(...rows)];
          expect(rows.length).toBeGreaterThan(0);
          expect(rows.length).toBeLessThanOrEqual(32);
          expect(longest).toBeLessThanOrEqual(2 * shortest);
          expect(longest * rows.length).toBeLessThanOrEqual(60 * SECOND);
        }
      }),
    );
  });

  it('does not leave a batch while the next clip would fit', () => {
    fc.assert(
      fc.property(lengths, (samples) => {
        const batches = planBatches(samples).map((batch) => batch.map((clip) => samples[clip]!));
        batches.slice(1).forEach(([next], i) => {
          const before = batches[i]!;
          const fits =
            before.length < 32 &&
            before[0]! <= 2 * next! &&
            before[0]! * (before.length + 1) <= 60 * SECOND;
          expect(fits).toBe(false);
        });
      }),
    );
  });

  it('depends on the lengths alone, not on their order', () => {
    const both = lengths.chain((samples) =>
      fc.tuple(
        fc.constant(samples),
        fc.shuffledSubarray(samples, { minLength: samples.length, maxLength: samples.length }),
      ),
    );
    fc.assert(
      fc.property(both, ([samples, shuffled]) => {
        const rows = (values: number[]) =>
          planBatches(values).map((batch) => batch.map((clip) => values[clip]));
        expect(rows(shuffled)).toEqual(rows(samples));
      }),
    );
  });

  it('takes clips of one length in their order', () => {
    expect(planBatches([5 * SECOND, 5 * SECOND, 5 * SECOND])).toEqual([[0, 1, 2]]);
    expect(planBatches([])).toEqual([]);
  });
});
