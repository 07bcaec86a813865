import { describe, expect, it } from 'vitest';
import { changePoints } from '../../../../src/profiler/stats/changePoints.ts';
import { hodgesLehmannShift } from '../../../../src/profiler/stats/hodgesLehmann.ts';
import { holm } from '../../../../src/profiler/stats/holm.ts';
import { logGamma } from '../../../../src/profiler/stats/incompleteBeta.ts';
import { mannWhitney } from '../../../../src/profiler/stats/mannWhitney.ts';
import { normalCdf, normalQuantile } from '../../../../src/profiler/stats/normal.ts';
import { median, medianAbsoluteDeviation } from '../../../../src/profiler/stats/robust.ts';
import { studentTCdf, studentTQuantile } from '../../../../src/profiler/stats/studentT.ts';
import { studentTTest, welch } from '../../../../src/profiler/stats/welch.ts';
import { expectNear, golden } from './golden.ts';

interface Sides {
  readonly greater: number;
  readonly less: number;
  readonly twoSided: number;
}
interface Pair {
  readonly kind: string;
  readonly a: number[];
  readonly b: number[];
}
const SIDES = ['greater', 'less', 'twoSided'] as const;
const label = ({ kind, a, b }: Pair) => `${kind} ${a.length} v ${b.length}`;

describe('against SciPy, statsmodels and Otava', () => {
  it('counts out the exact distribution of Mann and Whitney, with ties and without', () => {
    const cases = golden<Pair & { u: number; exact: Sides }>('mann-whitney');
    expect(cases.length).toBeGreaterThan(100);
    for (const each of cases) {
      const test = mannWhitney(each.a, each.b);
      expect(test.u, label(each)).toBe(each.u);
      expect(test.exact).toBe(true);
      for (const side of SIDES) {
        expectNear(test[side], each.exact[side], 1e-12, `${label(each)} ${side}`);
      }
    }
  });

  it('approximates it with corrections for ties and continuity', () => {
    for (const each of golden<Pair & { asymptotic: Sides | null }>('mann-whitney')) {
      const test = mannWhitney(each.a, each.b, 0);
      expect(test.exact).toBe(false);
      for (const side of SIDES) {
        const expected = each.asymptotic?.[side] ?? 1;
        expectNear(test[side], Math.min(1, expected), 1e-11, `${label(each)} ${side}`);
      }
    }
  });

  it('finds the shift of Hodges and Lehmann and its exact intervals', () => {
    type Case = Pair & {
      shift: number;
      intervals: { confidence: number; low: number; high: number }[];
    };
    for (const each of golden<Case>('hodges-lehmann')) {
      for (const { confidence, low, high } of each.intervals) {
        const shift = hodgesLehmannShift(each.a, each.b, confidence);
        expect(shift, `${label(each)} at ${confidence}`).toEqual({ value: shift.value, low, high });
        expect(shift.value).toBeCloseTo(each.shift, 12);
      }
    }
  });

  it('computes t tests with and without equal variances', () => {
    type Result = Sides & { t: number; df: number };
    const cases = golden<Pair & { welch: Result; student: Result }>('t-tests');
    expect(cases.length).toBeGreaterThan(50);
    for (const each of cases) {
      const results = [
        [welch(each.a, each.b), each.welch],
        [studentTTest(each.a, each.b), each.student],
      ] as const;
      for (const [result, expected] of results) {
        for (const key of ['t', 'df', ...SIDES] as const) {
          expectNear(result[key], expected[key], 1e-9, `${label(each)} ${key}`);
        }
      }
    }
  });

  it('knows the distributions', () => {
    const functions: Record<string, (x: number, df: number) => number> = {
      't.cdf': studentTCdf,
      't.ppf': studentTQuantile,
      'norm.cdf': normalCdf,
      'norm.ppf': normalQuantile,
      gammaln: logGamma,
    };
    for (const { name, x, df = 0, value } of golden<{
      name: string;
      x: number;
      df?: number;
      value: number;
    }>('distributions')) {
      const actual = functions[name]?.(x, df) ?? NaN;
      // SciPy's median of the t distribution is 1e-17, and ln Γ(1) = 0 has no relative error.
      if (Math.abs(value) < 1e-15 && name !== 't.cdf' && name !== 'norm.cdf') {
        expect(Math.abs(actual)).toBeLessThan(1e-15);
      } else expectNear(actual, value, 1e-8, `${name}(${x}, ${df})`);
    }
  });

  it('adjusts p values after Holm', () => {
    for (const { p, adjusted } of golden<{ p: number[]; adjusted: number[] }>('holm')) {
      holm(p).forEach((value, i) => {
        expectNear(value, adjusted[i]!, 1e-12, 'holm');
      });
    }
  });

  it('takes medians and their deviations', () => {
    for (const each of golden<{ values: number[]; median: number; mad: number }>('robust')) {
      expect(median(each.values)).toBeCloseTo(each.median, 12);
      expect(medianAbsoluteDeviation(each.values)).toBeCloseTo(each.mad, 12);
    }
  });

  it('finds the change points that Otava finds', () => {
    type Case = {
      series: number[];
      window: number;
      maxP: number;
      points: { index: number; before: number; after: number; p: number }[];
    };
    const cases = golden<Case>('change-points');
    expect(cases.flatMap(({ points }) => points).length).toBeGreaterThan(40);
    for (const { series, window, maxP, points } of cases) {
      const found = changePoints(series, { window, maxP });
      expect(found.map(({ index }) => index)).toEqual(points.map(({ index }) => index));
      found.forEach((point, i) => {
        expectNear(point.before, points[i]!.before, 1e-9, 'before');
        expectNear(point.after, points[i]!.after, 1e-9, 'after');
        expectNear(point.p, points[i]!.p, 1e-6, 'p');
      });
    }
  });
});
