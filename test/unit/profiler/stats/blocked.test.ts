import { describe, expect, it } from 'vitest';
import { blockedRankTest, leastBlockedP } from '../../../../src/profiler/stats/blockedRankTest.ts';
import { blockedShift } from '../../../../src/profiler/stats/blockedShift.ts';
import { blockedTTest } from '../../../../src/profiler/stats/blockedTTest.ts';
import { type Block, blocksOf } from '../../../../src/profiler/stats/blocks.ts';
import { stillPossible } from '../../../../src/profiler/stats/earlyStop.ts';
import { ratioTest } from '../../../../src/profiler/stats/ratioTest.ts';
import { smallestVisible } from '../../../../src/profiler/stats/smallestVisible.ts';
import { expectNear, golden } from './golden.ts';

interface Tails {
  readonly statistic: number;
  readonly greater: number;
  readonly less: number;
  readonly labellings: number;
}
interface Case extends Tails {
  readonly kind: string;
  readonly blocks: [number[], number[]][];
  readonly plain: Tails;
  readonly signFlips?: number;
  readonly shift: number;
  readonly interval?: [number, number];
  readonly t?: number;
  readonly df?: number;
  readonly tGreater?: number;
}

const RULE = { alpha: 0.01, threshold: 1.1, confidence: 0.9 };
const CASES = golden<Case>('blocked').map((each) => ({
  ...each,
  name: `${each.kind} ${each.blocks.map(([a, b]) => `${a.length}+${b.length}`).join(' ')}`,
  made: each.blocks.map(([a, b]): Block => ({ a, b })),
}));
const abba = (runs: number): boolean[] =>
  Array.from({ length: runs }, (_, i) => i % 4 === 1 || i % 4 === 2);

describe('blocks of a series', () => {
  it('are of four runs, the last one with what is left', () => {
    const a = [1, 4, 5, 8, 9];
    const b = [2, 3, 6, 7, 10];
    expect(blocksOf(a, b, abba(10))).toEqual([
      { a: [1, 4], b: [2, 3] },
      { a: [5, 8, 9], b: [6, 7, 10] },
    ]);
    expect(blocksOf([1], [2], [false, true])).toEqual([{ a: [1], b: [2] }]);
  });

  it('are none where one would hold one side only', () => {
    const order = [false, false, false, false, true, true, true, true];
    expect(blocksOf([1, 2, 3, 4], [1, 2, 3, 4], order)).toBeNull();
    expect(blocksOf([1], [], [false])).toBeNull();
  });
});

describe('the blocked rank test', () => {
  it('has the p that writing down all labellings gives, with ties and without', () => {
    expect(CASES.length).toBeGreaterThan(30);
    for (const { name, made, plain, ...expected } of CASES) {
      for (const [share, tails] of [[undefined, expected] as const, [0, plain] as const]) {
        const test = blockedRankTest(made, share);
        expect(test.statistic, name).toBe(tails.statistic);
        expectNear(test.greater, tails.greater, 1e-12, name);
        expectNear(test.less, tails.less, 1e-12, name);
        expectNear(leastBlockedP(made), 1 / tails.labellings, 1e-12, name);
      }
    }
  });

  it('is the test of SciPy that flips signs in pairs, with ranks as they are', () => {
    const pairs = CASES.filter(({ signFlips }) => signFlips !== undefined);
    expect(pairs.length).toBeGreaterThan(0);
    for (const { made, signFlips, name } of pairs) {
      expectNear(blockedRankTest(made, 0).greater, signFlips ?? NaN, 1e-12, name);
    }
  });

  it('has 7,776 labellings of 10 v 10 and 720 of 7 v 7', () => {
    const least = (runs: number): number => {
      const values = Array.from({ length: runs / 2 }, (_, i) => i);
      return leastBlockedP(blocksOf(values, values, abba(runs)) ?? []);
    };
    expect(1 / least(20)).toBeCloseTo(7776, 6);
    expect(1 / least(14)).toBeCloseTo(720, 6);
    expect(1 / least(10)).toBeCloseTo(120, 6);
  });

  it('approximates long series, and near the exact p', () => {
    const values = Array.from({ length: 30 }, (_, i) => 1 + 0.1 * Math.sin(i * i));
    const moved = values.map((_, i) => 1.03 + 0.1 * Math.sin(i * i + 1));
    const exact = blockedRankTest(blocksOf(values, moved, abba(60)) ?? []);
    const order = [...abba(60), false, true];
    const longer = blockedRankTest(blocksOf([...values, 1], [...moved, 1.001], order) ?? []);
    expect(exact.exact).toBe(true);
    expect(longer.exact).toBe(false);
    expect(Math.abs(longer.greater - exact.greater)).toBeLessThan(0.02);
  });

  it('tells nothing where all values are equal', () => {
    const same = Array.from({ length: 40 }, () => 2);
    expect(blockedRankTest(blocksOf(same, same, abba(80)) ?? [])).toMatchObject({
      greater: 1,
      less: 1,
    });
  });
});

describe('the shift in blocks', () => {
  it('is the median within blocks, between the shifts that the test begins to reject', () => {
    for (const { made, shift, interval, name } of CASES) {
      const estimate = blockedShift(made, 0.9);
      expect(estimate.value, name).toBeCloseTo(shift, 12);
      if (interval === undefined) continue;
      // The golden values stand on a grid of two thousandths.
      for (const [end, expected] of [
        [estimate.low, interval[0]],
        [estimate.high, interval[1]],
      ] as const) {
        if (Number.isFinite(expected)) expect(Math.abs(end - expected), name).toBeLessThan(0.0021);
        else expect(end, name).toBe(expected);
      }
    }
  });

  it('has the t of least squares with a level for each block', () => {
    for (const { made, t, df, tGreater, name } of CASES) {
      if (t === undefined || !(df !== undefined && df > 0)) continue;
      const test = blockedTTest(made);
      expect(test.df, name).toBe(df);
      expectNear(test.t, t, 1e-9, name);
      expectNear(test.greater, tGreater ?? NaN, 1e-9, name);
    }
  });
});

describe('the rule on an interleaved series', () => {
  const levels = [1, 1.02, 1.5, 1.52, 0.8, 0.81, 1.9, 1.88, 1.2, 1.21];
  const series = abba(20).map(
    (isB, i) => (levels[i >> 1] ?? 1) * (isB ? 1.2 : 1) * (1 + 0.003 * (i % 3)),
  );
  const order = abba(20);
  const a = series.filter((_, i) => !order[i]);
  const b = series.filter((_, i) => order[i]);

  it('sees through levels that hide the change from Mann and Whitney', () => {
    const blocked = ratioTest(a, b, RULE, order);
    expect(blocked.method).toBe('blocked-rank');
    expect(blocked.greater).toBeLessThan(0.001);
    expect(blocked.ratio.value).toBeCloseTo(1.2, 1);
    expect(blocked.ratio.low).toBeGreaterThan(1.1);
    expect(ratioTest(a, b, RULE).greater).toBeGreaterThan(0.05);
    expect(smallestVisible(a, b, RULE, order)).toBeLessThan(1.15);
    expect(smallestVisible(a, b, RULE)).toBeGreaterThan(1.4);
  });

  it('takes the t test where there are too few labellings, and neither of two runs', () => {
    expect(
      ratioTest(a.slice(0, 5), b.slice(0, 5), { ...RULE, alpha: 0.002 }, abba(10)).method,
    ).toBe('blocked-t');
    expect(ratioTest(a.slice(0, 2), b.slice(0, 2), RULE, abba(4)).method).toBe('none');
    expect(smallestVisible(a.slice(0, 2), b.slice(0, 2), RULE, abba(4))).toBeNull();
  });

  it('goes on while the most extreme runs could still make a difference', () => {
    const first = [a.slice(0, 5), b.slice(0, 5)] as const;
    expect(stillPossible(...first, 10, RULE, abba(10)).greater).toBe(true);
    expect(stillPossible(a.slice(0, 9), a.slice(0, 9), 10, RULE, abba(18))).toEqual({
      greater: false,
      less: false,
    });
  });
});
