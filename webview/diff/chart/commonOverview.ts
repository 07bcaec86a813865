import type { OverviewColumns } from '../../../src/profiler/chart/chartColumns.ts';
import type { Side } from '../model/diffResult.ts';
import { type SideShift, common } from './sideIds.ts';

/** The overview of one run, as the worker gave it. */
export interface SideOverview {
  readonly side: Side;
  readonly columns: OverviewColumns;
  readonly buckets: number;
  /** In the order of the columns. */
  readonly trackIds: readonly number[];
  /** Length of the run's own axis, which begins at 0. */
  readonly extentNs: number;
  readonly shift: SideShift;
}

/** Bands of both runs on the common axis: `buckets` a track; the busiest name and the worst flags of a bucket are kept. */
export function commonOverview(
  sides: readonly SideOverview[],
  buckets: number,
  extentNs: number,
): { buckets: number; columns: OverviewColumns; trackIds: number[] } {
  const trackIds = sides.flatMap(({ side, trackIds: own }) => own.map((id) => common(side, id)));
  const count = trackIds.length * buckets;
  const columns = {
    name: new Uint32Array(count),
    busy: new Uint8Array(count),
    depth: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
  let at = 0;
  for (const side of sides) {
    for (let track = 0; track < side.trackIds.length; track += 1) {
      for (let bucket = 0; bucket < buckets; bucket += 1) {
        fill(columns, at, side, track, (bucket * extentNs) / buckets, extentNs / buckets);
        at += 1;
      }
    }
  }
  return { buckets, columns, trackIds };
}

/** Fills one bucket from those of a side that lie in a stretch of the common axis. */
function fill(
  into: OverviewColumns,
  at: number,
  { columns, buckets, extentNs, shift }: SideOverview,
  track: number,
  fromNs: number,
  lengthNs: number,
): void {
  const bucketNs = extentNs / buckets;
  const own = fromNs - shift.timeNs;
  if (!(bucketNs > 0) || own + lengthNs <= 0 || own >= extentNs) return;
  const first = Math.max(0, Math.floor(own / bucketNs));
  const last = Math.min(buckets - 1, Math.max(first, Math.ceil((own + lengthNs) / bucketNs) - 1));
  for (let bucket = first; bucket <= last; bucket += 1) {
    const from = track * buckets + bucket;
    const busy = columns.busy[from] ?? 0;
    if (busy > (into.busy[at] ?? 0)) {
      into.busy[at] = busy;
      into.name[at] = (columns.name[from] ?? 0) + shift.names;
    }
    into.depth[at] = Math.max(into.depth[at] ?? 0, columns.depth[from] ?? 0);
    into.flags[at] = (into.flags[at] ?? 0) | (columns.flags[from] ?? 0);
  }
}
