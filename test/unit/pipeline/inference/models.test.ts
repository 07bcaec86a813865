import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GreedyRow, tokenCap } from '../../../../src/pipeline/inference/greedyRow.ts';
import { floatTensor, longTensor } from '../../../../src/pipeline/inference/session.ts';
import { rowsOf } from '../../../../src/pipeline/inference/tensorRows.ts';
import { stepCount } from '../../../../src/pipeline/audio/voiceSteps.ts';
import { blockSteps } from '../../../../src/pipeline/inference/voiceModel.ts';

describe('tokenCap', () => {
  it('is 6.5 tokens a second and four', () => {
    expect([0, 16_000, 32_000, 240_000].map(tokenCap)).toEqual([4, 10, 17, 101]);
  });
});

describe('GreedyRow', () => {
  const END = 2;

  it('ends with the end token, whose probability counts', () => {
    const row = new GreedyRow(16_000);
    row.take(40, -0.5);
    row.take(50, -0.25);
    expect(row.ended).toBe(false);
    row.take(END, -0.25);
    row.take(60, -9);
    expect(row.ended).toBe(true);
    expect(row.result()).toEqual({ ids: [40, 50], logProbability: -1, capped: false });
  });

  it('ends at the cap, and says so', () => {
    const row = new GreedyRow(0);
    for (let i = 0; i < 9; i++) row.take(100 + i, -1);
    expect(row.result()).toEqual({ ids: [100, 101, 102, 103], logProbability: -4, capped: true });
  });
});

describe('rowsOf', () => {
  it('takes rows of a batch, of either type', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(3), fc.nat(4));
    fc.assert(
      fc.property(shape, fc.array(fc.nat(5), { maxLength: 6 }), ([batch, a, b], wanted) => {
        const rows = wanted.filter((row) => row < batch);
        const size = a * b;
        const floats = Float32Array.from({ length: batch * size }, (_, i) => i);
        const picked = rowsOf(floatTensor(floats, [batch, a, b]), rows);
        expect(picked.dims).toEqual([rows.length, a, b]);
        const expected = rows.flatMap((row) => [...floats.subarray(row * size, (row + 1) * size)]);
        expect([...(picked.data as Float32Array)]).toEqual(expected);
        const longs = BigInt64Array.from(floats, BigInt);
        const other = rowsOf(longTensor(longs, [batch, a, b]), rows);
        expect([...(other.data as BigInt64Array)].map(Number)).toEqual(expected);
      }),
    );
  });
});

describe('blocks of the voice trunk', () => {
  it('cover all steps in near equal parts of at most 10 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (steps) => {
        const blocks = blockSteps(steps);
        expect(blocks.reduce((sum, block) => sum + block, 0)).toBe(steps);
        expect(Math.max(...blocks)).toBeLessThanOrEqual(125);
        expect(Math.max(...blocks) - Math.min(...blocks)).toBeLessThanOrEqual(1);
        if (steps > 125) expect(Math.min(...blocks)).toBeGreaterThanOrEqual(62);
      }),
    );
  });

  it('have a step for every 80 ms, the last perhaps a part of one', () => {
    expect([0, 1, 1280, 1281, 16_000].map(stepCount)).toEqual([1, 1, 1, 2, 13]);
  });
});
