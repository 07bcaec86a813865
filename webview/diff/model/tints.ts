import type { MarkColumns } from '../../../src/profiler/chart/chartColumns.ts';
import type { DiffResult, Side } from './diffResult.ts';

/** What a span's colour tells: how its own part changed, or how it changed with everything under it. */
export type TintBy = 'self' | 'total';

/** A change below this share of the largest one is drawn as none: it would be noise in colour. */
const LEAST_SHARE = 1e-3;

/** The largest change of a pair, to which all colours are held; at least the smallest number above nothing. */
export function largestChange({ slower, faster }: Pick<DiffResult, 'slower' | 'faster'>): {
  readonly self: number;
  readonly total: number;
} {
  const all = [...slower, ...faster];
  const largest = (of: (pair: (typeof all)[number]) => number): number =>
    all.reduce((most, pair) => Math.max(most, Math.abs(of(pair))), Number.MIN_VALUE);
  return {
    self: largest(({ selfDelta }) => selfDelta),
    total: largest(({ totalDelta }) => totalDelta),
  };
}

/**
 * Tints of the spans of a piece (`SpanStore.setTint`): by the square root of their share of the largest change, so that a
 * hundredth of it can still be seen; -Infinity and Infinity for what A or B alone has.
 */
export function tintsOf(
  marks: MarkColumns,
  side: Side,
  by: TintBy,
  largest: { readonly self: number; readonly total: number },
): Float32Array {
  const deltas = by === 'self' ? marks.selfDelta : marks.totalDelta;
  const scale = Math.max(Number.MIN_VALUE, largest[by]);
  const lone = side === 'a' ? -Infinity : Infinity;
  return Float32Array.from(deltas, (delta, i) => {
    if (marks.partner[i] === 0) return lone;
    const share = Math.min(1, Math.abs(delta) / scale);
    return share < LEAST_SHARE ? 0 : Math.sign(delta) * Math.sqrt(share);
  });
}
