import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePoints } from '../../../../src/profiler/stats/changePoints.ts';
import {
  hodgesLehmannRatio,
  hodgesLehmannShift,
} from '../../../../src/profiler/stats/hodgesLehmann.ts';
import { holm } from '../../../../src/profiler/stats/holm.ts';
import { leastMannWhitneyP, mannWhitney } from '../../../../src/profiler/stats/mannWhitney.ts';
import { median, modifiedZScores, outliersOf } from '../../../../src/profiler/stats/robust.ts';
import { welch, welchOnLogs } from '../../../../src/profiler/stats/welch.ts';

const values = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });

describe('samples', () => {
  it.each([[[]], [[1, NaN]], [[Infinity, 2]], [[1, -Infinity]]])('refuses %j', (bad) => {
    const fine = [1, 2, 3];
    for (const test of [mannWhitney, hodgesLehmannShift, welch, welchOnLogs]) {
      expect(() => test(bad, fine)).toThrow(
        expect.objectContaining({ code: 'stats.invalid-sample' }),
      );
      expect(() => test(fine, bad)).toThrow(
        expect.objectContaining({ code: 'stats.invalid-sample' }),
      );
    }
    expect(() => median(bad)).toThrow(expect.objectContaining({ code: 'stats.invalid-sample' }));
    if (bad.length > 0) expect(() => changePoints(bad)).toThrow('no finite number');
  });

  it('takes no ratio of what is not above 0', () => {
    expect(() => hodgesLehmannRatio([1, 0], [1, 2])).toThrow('above 0');
    expect(() => welchOnLogs([1, 2], [-1, 2])).toThrow('above 0');
  });

  it('flags what lies far from the rest, and nothing of a handful', () => {
    expect(outliersOf([10, 11, 9, 10, 12, 30])).toEqual([5]);
    expect(outliersOf([10, 11, 30])).toEqual([]);
    expect(outliersOf([5, 5, 5, 5, 5])).toEqual([]);
    expect(modifiedZScores([5, 5, 5, 6])).toEqual([0, 0, 0, Infinity]);
  });

  it('has an infinite interval where there are too few values for the confidence', () => {
    expect(hodgesLehmannShift([1, 2], [3, 4])).toEqual({
      value: 2,
      low: -Infinity,
      high: Infinity,
    });
    expect(hodgesLehmannShift([1, 2, 3], [4, 5, 6])).toEqual({ value: 3, low: 1, high: 5 });
  });

  it.each([
    [3, 3, 1 / 20],
    [4, 4, 1 / 70],
    [5, 5, 1 / 252],
    [3, 10, 1 / 286],
  ])('of %i v %i has a least p', (n, m, p) => {
    expect(leastMannWhitneyP(n, m)).toBeCloseTo(p, 12);
    const low = Array.from({ length: n }, (_, i) => i);
    const high = Array.from({ length: m }, (_, i) => 100 + i);
    expect(mannWhitney(low, high).greater).toBeCloseTo(p, 12);
  });

  it('mirrors when the samples change places', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const forth = mannWhitney(a, b);
        const back = mannWhitney(b, a);
        expect(forth.greater).toBeCloseTo(back.less, 12);
        expect(forth.u + back.u).toBe(a.length * b.length);
        const shift = hodgesLehmannShift(a, b);
        const mirrored = hodgesLehmannShift(b, a);
        expect(shift.value + mirrored.value).toBeCloseTo(0, 12);
        expect(shift.low <= shift.value && shift.value <= shift.high).toBe(true);
      }),
    );
  });

  it('never finds more in values that are all equal', () => {
    expect(mannWhitney([2, 2, 2], [2, 2]).twoSided).toBe(1);
    expect(welch([2, 2], [2, 2]).twoSided).toBe(1);
    expect(welch([2, 2], [3, 3])).toMatchObject({ t: Infinity, greater: 0, less: 1 });
    expect(welch([1], [9]).twoSided).toBe(1);
    expect(changePoints([3, 3, 3, 3, 3, 3])).toEqual([]);
    expect(changePoints([])).toEqual([]);
  });

  it('adjusts p values upwards, in their order, to at most 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        const adjusted = holm(p);
        adjusted.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(p[i]!);
          expect(value).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});
