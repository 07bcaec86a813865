import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  common,
  commonPiece,
  commonSpans,
  ownOf,
  sideOf,
} from '../../../../../webview/diff/chart/sideIds.ts';
import { alignTimes } from '../../../../../webview/diff/chart/timeAlignment.ts';
import { largestChange, tintsOf } from '../../../../../webview/diff/model/tints.ts';

const place = fc.integer({ min: 0, max: 2 ** 30 });

describe('common numbers', () => {
  it('lead back to the side and the number there', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'b'), place, (side, own) => {
        const id = common(side, own);
        expect([sideOf(id), ownOf(id)]).toEqual([side, own]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('rise in a search, whatever the sides', () => {
    fc.assert(
      fc.property(fc.array(place), fc.array(place), (a, b) => {
        const all = Array.from(commonSpans(Uint32Array.from(a), Uint32Array.from(b)));
        expect(all).toEqual([...all].sort((x, y) => x - y));
        expect(all.filter((id) => sideOf(id) === 'b').map(ownOf)).toEqual(
          [...b].sort((x, y) => x - y),
        );
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});

describe('commonPiece', () => {
  const columns = {
    start: Float64Array.of(0, 5),
    duration: Float64Array.of(5, 5),
    span: Uint32Array.of(0, 1),
    name: Uint32Array.of(0, 2),
    row: Uint32Array.of(0, 0),
    flags: Uint8Array.of(0, 1),
  };

  it('moves times, spans and names, and leaves the columns as they came', () => {
    const moved = commonPiece('b', columns, { timeNs: 100, names: 7 });
    expect(moved).toEqual({
      ...columns,
      start: Float64Array.of(100, 105),
      span: Uint32Array.of(1, 3),
      name: Uint32Array.of(7, 9),
    });
    expect(columns.start).toEqual(Float64Array.of(0, 5));
  });
});

describe('alignTimes', () => {
  it('lets the runs begin together', () => {
    const a = { startNs: 10, endNs: 110 };
    const b = { startNs: 1000, endNs: 1300 };
    expect(alignTimes(a, b, { aNs: 10, bNs: 1000 })).toEqual({
      ...{ shiftA: -10, shiftB: -1000, extentNs: 300 },
    });
  });

  it('brings the two moments together and begins at 0', () => {
    const time = fc.integer({ min: 0, max: 1e12 });
    const stretch = fc
      .tuple(time, time)
      .map(([x, y]) => ({ startNs: Math.min(x, y), endNs: Math.max(x, y) }));
    fc.assert(
      fc.property(stretch, stretch, time, time, (a, b, aNs, bNs) => {
        const { shiftA, shiftB, extentNs } = alignTimes(a, b, { aNs, bNs });
        expect(aNs + shiftA).toBe(bNs + shiftB);
        expect(Math.min(a.startNs + shiftA, b.startNs + shiftB)).toBe(0);
        expect(Math.max(a.endNs + shiftA, b.endNs + shiftB)).toBe(extentNs);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('tintsOf', () => {
  const marks = {
    partner: Uint32Array.of(1, 2, 3, 4, 0),
    selfDelta: Float64Array.of(100, -25, 0.05, 0, 50),
    totalDelta: Float64Array.of(100, 400, -1000, 0, 50),
  };
  const largest = { self: 100, total: 400 };

  it('goes by the root of the share of the largest change, and leaves noise uncoloured', () => {
    expect(Array.from(tintsOf(marks, 'b', 'self', largest))).toEqual([1, -0.5, 0, 0, Infinity]);
    expect(Array.from(tintsOf(marks, 'a', 'total', largest))).toEqual([0.5, 1, -1, 0, -Infinity]);
  });

  it('bears runs in which nothing changed', () => {
    const none = largestChange({ slower: [], faster: [] });
    const still = { ...marks, selfDelta: new Float64Array(5), totalDelta: new Float64Array(5) };
    expect(Array.from(tintsOf(still, 'a', 'self', none))).toEqual([0, 0, 0, 0, -Infinity]);
  });
});
