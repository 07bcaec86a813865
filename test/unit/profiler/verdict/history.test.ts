import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';
import { historyChanges } from '../../../../src/profiler/verdict/historyChanges.ts';
import { noisySample } from '../stats/noise.ts';

const random = seededRandom(21);
const level = (n: number, centre: number) => noisySample(n, centre, 0.03, 0, random);

describe('a history', () => {
  it('names the run at which the level changed', () => {
    const [change, ...more] = historyChanges([...level(20, 1), ...level(8, 1.4)], 1.1);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ index: 20, settled: true });
    expect(change?.ratio).toBeCloseTo(1.4, 1);
    expect(change?.before).toBeCloseTo(1, 1);
  });

  it('blames no run with too few around it', () => {
    const [early] = historyChanges([...level(6, 1), ...level(12, 2)], 1.1);
    expect(early).toMatchObject({ index: 6, settled: false });
    const [late] = historyChanges([...level(20, 1), ...level(3, 2)], 1.1);
    expect(late).toMatchObject({ index: 20, settled: false });
  });

  it('leaves out what does not matter', () => {
    expect(historyChanges([...level(30, 1), ...level(30, 1.05)], 1.1)).toEqual([]);
    expect(historyChanges(level(60, 1), 1.1)).toEqual([]);
    expect(historyChanges([], 1.1)).toEqual([]);
  });

  it('takes counts that are zero', () => {
    const counts = [...new Array<number>(12).fill(0), ...new Array<number>(6).fill(3)];
    expect(historyChanges(counts, 1.1)).toMatchObject([{ index: 12, ratio: null, settled: true }]);
  });
});
