import { describe, expect, it } from 'vitest';
import { alphaAtLook, stillPossible } from '../../../../src/profiler/stats/earlyStop.ts';
import {
  isEquivalent,
  isGreater,
  isLess,
  ratioMethod,
  ratioTest,
} from '../../../../src/profiler/stats/ratioTest.ts';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';
import { criticalU, smallestVisible } from '../../../../src/profiler/stats/smallestVisible.ts';
import { median } from '../../../../src/profiler/stats/robust.ts';
import { noisySample } from './noise.ts';

const RULE = { alpha: 0.01, threshold: 1.1, confidence: 0.9 };

describe('the test of a ratio', () => {
  it('takes ranks where they can reach the level, else the t test, else nothing', () => {
    expect(ratioMethod(7, 7, 0.01)).toBe('mann-whitney');
    expect(ratioMethod(4, 4, 0.01)).toBe('welch');
    expect(ratioMethod(5, 5, 0.01)).toBe('mann-whitney');
    expect(ratioMethod(5, 5, 0.002)).toBe('welch');
    expect(ratioMethod(2, 9, 0.01)).toBe('none');
  });

  it('calls greater, less and equal', () => {
    const a = [1, 1.01, 1.02, 0.99, 0.98, 1.03, 0.97];
    const up = ratioTest(
      a,
      a.map((value) => value * 1.2),
      RULE,
    );
    expect(up.ratio.value).toBeCloseTo(1.2, 10);
    expect(isGreater(up, up.greater, RULE)).toBe(true);
    expect(isLess(up, up.less, RULE)).toBe(false);
    const down = ratioTest(
      a,
      a.map((value) => value / 1.2),
      RULE,
    );
    expect(isLess(down, down.less, RULE)).toBe(true);
    const little = ratioTest(
      a,
      a.map((value) => value * 1.05),
      RULE,
    );
    expect(isGreater(little, little.greater, RULE)).toBe(false);
    expect(isEquivalent(little, RULE)).toBe(true);
  });

  it('knows the least U of a level', () => {
    // Counted out in Python: P(U ≥ 47) = 4 / 3432 at 7 v 7; at 10 v 10 0.0116 from 80 on, 0.0093 from 81 on.
    expect(criticalU(7, 7, 0.0012)).toBe(47);
    expect(criticalU(10, 10, 0.01)).toBe(81);
  });
});

describe('the smallest visible ratio', () => {
  const designs = [
    [7, 0.03, 0],
    [10, 0.03, 0.05],
    [7, 0.1, 0],
    [10, 0.1, 0.05],
    [5, 0.1, 0],
    [4, 0.05, 0],
  ] as const;
  it.each(designs)(
    'of %s runs a side at %s noise and %s outliers is found 3 times in 4',
    (n, cv, outliers) => {
      const random = seededRandom(5);
      const printed: number[] = [];
      for (let i = 0; i < 41; i += 1) {
        const visible = smallestVisible(
          noisySample(n, 1, cv, outliers, random),
          noisySample(n, 1, cv, outliers, random),
          RULE,
        );
        printed.push((visible ?? NaN) - 1);
      }
      const found = (change: number): number => {
        let hits = 0;
        for (let i = 0; i < 400; i += 1) {
          const test = ratioTest(
            noisySample(n, 1, cv, outliers, random),
            noisySample(n, 1 + change, cv, outliers, random),
            RULE,
          );
          hits += +isGreater(test, test.greater, RULE);
        }
        return hits / 400;
      };
      const visible = median(printed);
      expect(found(visible * 0.75)).toBeLessThan(0.75);
      expect(found(visible * 1.25)).toBeGreaterThan(0.75);
    },
  );

  it('is none where nothing can be seen, and the threshold where there is no noise', () => {
    expect(smallestVisible([1, 1], [1, 1], RULE)).toBeNull();
    expect(smallestVisible([1, 1, 1, 1, 1], [2, 2, 2, 2, 2], RULE)).toBeCloseTo(1.1, 6);
  });

  it('is the same each time', () => {
    const a = [1, 1.1, 0.9, 1.05, 1.3];
    expect(smallestVisible(a, a, RULE)).toBe(smallestVisible(a, a, RULE));
  });
});

describe('stopping early', () => {
  it('goes on while the most extreme runs could still make a difference', () => {
    const slow = [1.5, 1.51, 1.52, 1.53, 1.54];
    const fast = [1, 1.01, 1.02, 1.03, 1.04];
    expect(stillPossible(fast, slow, 10, RULE)).toEqual({ greater: true, less: false });
    expect(stillPossible(fast, slow, 5, RULE)).toEqual({ greater: true, less: false });
    const equal = [...fast, 1.02, 1.01, 1.03];
    expect(stillPossible(equal, equal, 10, RULE)).toEqual({ greater: false, less: false });
    expect(stillPossible([1, 2], [1, 2], 10, RULE)).toEqual({ greater: true, less: true });
  });

  it('divides the error among the looks', () => {
    const levels = [0, 1, 2].map((look) => alphaAtLook(0.01, look, 3));
    expect(levels.reduce((sum, level) => sum + level, 0)).toBeCloseTo(0.01, 12);
    expect(levels[2]).toBeGreaterThan(levels[0]!);
    expect(alphaAtLook(0.05, 0, 1)).toBe(0.05);
  });
});
