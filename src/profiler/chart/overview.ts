import type { OverviewColumns } from './chartColumns.ts';
import { HeaviestNames } from './heaviestNames.ts';

/** Spans as they lie on tracks, of either view. All columns are by span; `order` is by track, then row, then start. */
export interface DrawnSpans {
  readonly tracks: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
  readonly order: Uint32Array;
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly row: Uint32Array;
  readonly nameId: Uint32Array;
  readonly flags: Uint8Array;
  /** Null where all lie on the only track; `placeOfTrack` tells where in `tracks` each is. */
  readonly trackId: Uint32Array | null;
  readonly placeOfTrack: Uint32Array;
  /** Rows of different lanes do not nest; null where there is one lane. */
  readonly lane: Uint16Array | null;
}

/** Cells of names that a track paints at most: with very many rows the names are told for wider stretches. */
const MOST_CELLS = 4_000_000;
const BITS = 8;
const MOST_DEPTH = 255;

/**
 * Bands of all tracks, `buckets` for each: for how much of the bucket a span ran, how many rows are in use, the name that
 * took the most time of its own (see HeaviestNames), and all flags of the spans that touch the bucket. Takes time linear
 * in spans and buckets.
 *
 * @param extent what all buckets of a track are as long as together.
 * @param places 1 + the id of a name, by string id.
 */
export function overview(
  spans: DrawnSpans,
  places: Uint32Array,
  extent: number,
  buckets: number,
): OverviewColumns {
  const rows = spans.tracks.length * buckets;
  const columns = {
    name: new Uint32Array(rows),
    busy: new Uint8Array(rows),
    depth: new Uint8Array(rows),
    flags: new Uint8Array(rows),
  };
  const scale = extent > 0 ? buckets / extent : 0;
  paintBusy(spans, scale, buckets, columns.busy);
  spans.tracks.forEach(({ from, to, rows: trackRows }, track) => {
    const order = spans.order.subarray(from, to);
    const at = (column: Uint8Array): Uint8Array =>
      column.subarray(track * buckets, (track + 1) * buckets);
    paintDepthAndFlags(spans, order, scale, at(columns.depth), at(columns.flags));
    const names = columns.name.subarray(track * buckets, (track + 1) * buckets);
    paintNames(spans, order, trackRows, scale, places, names);
  });
  return columns;
}

/** The bucket of a time; the end of the last one belongs to it. */
function bucketOf(time: number, scale: number, buckets: number): number {
  return Math.max(0, Math.min(buckets - 1, Math.floor(time * scale)));
}

/** The last bucket that a stretch touches: one that ends where a bucket begins does not touch that. */
function lastBucket(first: number, end: number, scale: number, buckets: number): number {
  return Math.max(first, Math.min(buckets - 1, Math.ceil(end * scale) - 1));
}

/** By differences from bucket to bucket, so that a long span costs no more than a short one. */
function paintDepthAndFlags(
  { start, duration, row, flags }: DrawnSpans,
  order: Uint32Array,
  scale: number,
  depth: Uint8Array,
  flag: Uint8Array,
): void {
  const buckets = depth.length;
  const rowsIn = new Int32Array(buckets + 1);
  const bits = new Int32Array((buckets + 1) * BITS);
  let currentRow = -1;
  let counted = -1;
  for (const span of order) {
    const from = start[span] ?? 0;
    const first = bucketOf(from, scale, buckets);
    const last = lastBucket(first, from + (duration[span] ?? 0), scale, buckets);
    if (row[span] !== currentRow) {
      currentRow = row[span] ?? 0;
      counted = -1;
    }
    const fresh = Math.max(first, counted + 1);
    if (last >= fresh) {
      rowsIn[fresh] = (rowsIn[fresh] ?? 0) + 1;
      rowsIn[last + 1] = (rowsIn[last + 1] ?? 0) - 1;
      counted = last;
    }
    for (let left = flags[span] ?? 0; left !== 0; left &= left - 1) {
      const bit = 31 - Math.clz32(left & -left);
      const begin = first * BITS + bit;
      const end = (last + 1) * BITS + bit;
      bits[begin] = (bits[begin] ?? 0) + 1;
      bits[end] = (bits[end] ?? 0) - 1;
    }
  }
  const running = new Int32Array(BITS);
  let rows = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    rows += rowsIn[bucket] ?? 0;
    depth[bucket] = Math.min(MOST_DEPTH, rows);
    let or = 0;
    for (let bit = 0; bit < BITS; bit += 1) {
      running[bit] = (running[bit] ?? 0) + (bits[bucket * BITS + bit] ?? 0);
      if ((running[bit] ?? 0) > 0) or |= 1 << bit;
    }
    flag[bucket] = or;
  }
}

/**
 * The share of each bucket that spans cover, rounded up so that the shortest span shows. One pass over all tracks: spans
 * are numbered by start, and nodes of merged stacks from the rows at the top, which cover all below.
 */
function paintBusy(spans: DrawnSpans, scale: number, buckets: number, busy: Uint8Array): void {
  const { start, duration, trackId, placeOfTrack } = spans;
  const covered = new Float64Array(busy.length);
  const coveredUntil = new Float64Array(spans.tracks.length).fill(-1);
  for (let span = 0; span < start.length; span += 1) {
    const place = trackId === null ? 0 : (placeOfTrack[trackId[span] ?? 0] ?? 0);
    const from = Math.max(start[span] ?? 0, coveredUntil[place] ?? 0);
    const to = (start[span] ?? 0) + (duration[span] ?? 0);
    if (to < from || to === coveredUntil[place]) continue;
    coveredUntil[place] = to;
    const first = bucketOf(from, scale, buckets);
    const last = lastBucket(first, to, scale, buckets);
    for (let bucket = first; bucket <= last; bucket += 1) {
      const share = Math.min(to * scale, bucket + 1) - Math.max(from * scale, bucket);
      const at = place * buckets + bucket;
      covered[at] = (covered[at] ?? 0) + Math.max(share, Number.MIN_VALUE);
    }
  }
  // What is missing to the whole by rounding is no gap.
  covered.forEach(
    (share, at) => (busy[at] = Math.min(255, Math.ceil(share * 255 - 1e-6) || Number(share > 0))),
  );
}

/** Own time: a span's without the stretches in which one of the row below it, in its lane, runs. */
function paintNames(
  { start, duration, row, nameId, lane }: DrawnSpans,
  order: Uint32Array,
  rows: number,
  scale: number,
  places: Uint32Array,
  names: Uint32Array,
): void {
  const wide = 2 ** Math.max(0, Math.ceil(Math.log2((rows * names.length) / MOST_CELLS)));
  const cells = Math.ceil(names.length / wide);
  const heaviest = new HeaviestNames(cells);
  const perCell = scale / wide;
  const paint = (name: number, from: number, to: number): void => {
    const first = bucketOf(from, perCell, cells);
    const last = lastBucket(first, to, perCell, cells);
    for (let cell = first; cell <= last; cell += 1) {
      const time = Math.min(to * perCell, cell + 1) - Math.max(from * perCell, cell);
      heaviest.add(cell, name, Math.max(time, Number.MIN_VALUE));
    }
  };
  let below = 0;
  for (let at = 0; at < order.length; at += 1) {
    const span = order[at] ?? 0;
    const inRow = row[span] ?? 0;
    const inLane = lane?.[span] ?? 0;
    const name = (places[nameId[span] ?? 0] ?? 1) - 1;
    let from = start[span] ?? 0;
    const end = from + (duration[span] ?? 0);
    while (below < order.length && (row[order[below] ?? 0] ?? 0) <= inRow) below += 1;
    for (; below < order.length; below += 1) {
      const child = order[below] ?? 0;
      if (row[child] !== inRow + 1 || (lane?.[child] ?? 0) !== inLane) break;
      const childStart = start[child] ?? 0;
      if (childStart >= end) break;
      if (childStart > from) paint(name, from, childStart);
      from = Math.max(from, childStart + (duration[child] ?? 0));
    }
    if (from < end || duration[span] === 0) paint(name, from, Math.max(from, end));
  }
  for (let bucket = 0; bucket < names.length; bucket += 1) {
    names[bucket] = heaviest.nameOf(Math.floor(bucket / wide));
  }
}
