import type { Ledger } from '../model/ledger.ts';
import { UNEXPLAINED, closeLedger } from './closeLedger.ts';

/** Stretches of one class; `[start, end)` in seconds, in any order, may overlap. */
export interface IntervalClass {
  readonly name: string;
  readonly reason?: string;
  readonly intervals: readonly (readonly [startSeconds: number, endSeconds: number])[];
}

interface Edge {
  readonly at: number;
  readonly rank: number;
  readonly change: 1 | -1;
}

/**
 * Puts each instant between 0 and the total into exactly one bucket: that of the first class in the list that covers
 * it, or the remainder. What lies outside of the total or is empty counts for nothing.
 *
 * @param classes by priority, the strongest first.
 * @param remainder bucket of instants that no class covers.
 */
export function intervalLedger(
  name: string,
  totalSeconds: number,
  classes: readonly IntervalClass[],
  remainder: string = UNEXPLAINED,
): Ledger {
  const covered = sweep(edgesOf(classes, totalSeconds), classes.length);
  const buckets = classes.map((each, rank) => ({
    name: each.name,
    ...(each.reason === undefined ? {} : { reason: each.reason }),
    amount: covered[rank] ?? 0,
  }));
  return closeLedger(name, 'seconds', totalSeconds, buckets, remainder);
}

function edgesOf(classes: readonly IntervalClass[], totalSeconds: number): Edge[] {
  const edges = classes.flatMap(({ intervals }, rank) =>
    intervals.flatMap(([from, to]): Edge[] => {
      const start = Math.max(0, from);
      const end = Math.min(totalSeconds, to);
      if (!(end > start)) return [];
      return [
        { at: start, rank, change: 1 },
        { at: end, rank, change: -1 },
      ];
    }),
  );
  return edges.sort((a, b) => a.at - b.at);
}

/** Seconds by rank; at each instant the lowest rank that is open counts. */
function sweep(edges: readonly Edge[], ranks: number): Float64Array {
  const covered = new Float64Array(ranks);
  const open = new Int32Array(ranks);
  let last = 0;
  for (const { at, rank, change } of edges) {
    if (at > last) {
      const strongest = open.findIndex((count) => count > 0);
      if (strongest >= 0) covered[strongest] = (covered[strongest] ?? 0) + (at - last);
      last = at;
    }
    open[rank] = (open[rank] ?? 0) + change;
  }
  return covered;
}
