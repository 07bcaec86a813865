import type { PieceColumns } from '../../../src/profiler/chart/chartColumns.ts';
import type { Side } from '../model/diffResult.ts';

/*
 * Both runs lie in one scene, so that they share the axis, the scroll bar and the keyboard. Tracks and spans of A have even
 * numbers there, those of B odd ones; the names of B follow those of A.
 */

/** The number of a track or a span of a side in the common scene. */
export function common(side: Side, own: number): number {
  return own * 2 + (side === 'a' ? 0 : 1);
}

/** The side that a common number belongs to. */
export function sideOf(id: number): Side {
  return id % 2 === 0 ? 'a' : 'b';
}

/** The number of a track or a span in its own run. */
export function ownOf(id: number): number {
  return Math.floor(id / 2);
}

/** What the starts and the names of a side are moved by in the common scene. */
export interface SideShift {
  readonly timeNs: number;
  readonly names: number;
}

/** The columns of a piece in the common scene; those that stay as they are are not copied. */
export function commonPiece(side: Side, columns: PieceColumns, shift: SideShift): PieceColumns {
  const { start, span, name } = columns;
  return {
    ...columns,
    start: shift.timeNs === 0 ? start : start.map((ns) => ns + shift.timeNs),
    span: span.map((own) => common(side, own)),
    name: shift.names === 0 ? name : name.map((id) => id + shift.names),
  };
}

/** Spans of both runs as the rising common numbers that a search of the scene wants. */
export function commonSpans(a: Uint32Array, b: Uint32Array): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  a.forEach((own, i) => (all[i] = common('a', own)));
  b.forEach((own, i) => (all[a.length + i] = common('b', own)));
  return all.sort();
}
