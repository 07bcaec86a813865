import type { OverviewColumns } from './chartColumns.ts';
import { type Buckets, firstBucket, lastBucket } from './buckets.ts';
import { HeaviestNames } from './heaviestNames.ts';
import { type DrawnSpans, TrackRows } from './trackRows.ts';

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
  const bands = spans.tracks.length * buckets;
  const columns = {
    name: new Uint32Array(bands),
    busy: new Uint8Array(bands),
    depth: new Uint8Array(bands),
    flags: new Uint8Array(bands),
  };
  const axis: Buckets = { count: buckets, perUnit: extent > 0 ? buckets / extent : 0 };
  paintBusy(spans, axis, columns.busy);
  const largest = spans.tracks.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const rows = new TrackRows(largest);
  spans.tracks.forEach(({ from, to, rows: count }, track) => {
    const [first, end] = [track * buckets, (track + 1) * buckets];
    rows.fill(spans, places, spans.order.subarray(from, to));
    paintDepth(rows, axis, columns.depth.subarray(first, end));
    paintFlags(rows, axis, columns.flags.subarray(first, end));
    paintNames(rows, count, axis, columns.name.subarray(first, end));
  });
  return columns;
}

/** How many rows are in use; by differences from bucket to bucket, so that a long span costs no more than a short one. */
function paintDepth({ count, start, end, row }: TrackRows, axis: Buckets, depth: Uint8Array): void {
  const change = new Int32Array(axis.count + 1);
  let counted = -1;
  for (let at = 0; at < count; at += 1) {
    if (at > 0 && row[at] !== row[at - 1]) counted = -1;
    const first = firstBucket(axis, start[at] ?? 0);
    const last = lastBucket(axis, first, end[at] ?? 0);
    const fresh = Math.max(first, counted + 1);
    if (last < fresh) continue;
    change[fresh] = (change[fresh] ?? 0) + 1;
    change[last + 1] = (change[last + 1] ?? 0) - 1;
    counted = last;
  }
  let rows = 0;
  for (let bucket = 0; bucket < axis.count; bucket += 1) {
    rows += change[bucket] ?? 0;
    depth[bucket] = Math.min(MOST_DEPTH, rows);
  }
}

/** Every flag in every bucket that its span touches; by differences, each bit by itself. */
function paintFlags(
  { count, start, end, flags }: TrackRows,
  axis: Buckets,
  into: Uint8Array,
): void {
  const change = new Int32Array((axis.count + 1) * BITS);
  for (let at = 0; at < count; at += 1) {
    let left = flags[at] ?? 0;
    if (left === 0) continue;
    const first = firstBucket(axis, start[at] ?? 0);
    const last = lastBucket(axis, first, end[at] ?? 0);
    for (; left !== 0; left &= left - 1) {
      const bit = 31 - Math.clz32(left & -left);
      const from = first * BITS + bit;
      const to = (last + 1) * BITS + bit;
      change[from] = (change[from] ?? 0) + 1;
      change[to] = (change[to] ?? 0) - 1;
    }
  }
  const holding = new Int32Array(BITS);
  for (let bucket = 0; bucket < axis.count; bucket += 1) {
    let or = 0;
    for (let bit = 0; bit < BITS; bit += 1) {
      const spans = (holding[bit] ?? 0) + (change[bucket * BITS + bit] ?? 0);
      holding[bit] = spans;
      if (spans > 0) or |= 1 << bit;
    }
    into[bucket] = or;
  }
}

/**
 * The share of each bucket that spans cover, rounded up so that the shortest span shows. One pass over all tracks: spans
 * are numbered by start, and nodes of merged stacks from the rows at the top, which cover all below.
 */
function paintBusy(spans: DrawnSpans, axis: Buckets, busy: Uint8Array): void {
  const { start, duration, trackId, placeOfTrack } = spans;
  const { count, perUnit } = axis;
  const covered = new Float64Array(busy.length);
  const coveredUntil = new Float64Array(spans.tracks.length).fill(-1);
  for (let span = 0; span < start.length; span += 1) {
    const place = trackId === null ? 0 : (placeOfTrack[trackId[span] ?? 0] ?? 0);
    const until = coveredUntil[place] ?? 0;
    const from = Math.max(start[span] ?? 0, until);
    const to = (start[span] ?? 0) + (duration[span] ?? 0);
    if (to < from || to === until) continue;
    coveredUntil[place] = to;
    const first = firstBucket(axis, from);
    const last = lastBucket(axis, first, to);
    for (let bucket = first; bucket <= last; bucket += 1) {
      const share = Math.min(to * perUnit, bucket + 1) - Math.max(from * perUnit, bucket);
      const at = place * count + bucket;
      covered[at] = (covered[at] ?? 0) + Math.max(share, Number.MIN_VALUE);
    }
  }
  covered.forEach((share, at) => {
    // What is missing to the whole by rounding is no gap.
    const rounded = Math.ceil(share * 255 - 1e-6);
    busy[at] = Math.min(255, Math.max(rounded, Number(share > 0)));
  });
}

/** Own time: a span's without the stretches in which one of the row below it, in its lane, runs. */
function paintNames(
  { count, start, end, row, lane, name }: TrackRows,
  rows: number,
  axis: Buckets,
  names: Uint32Array,
): void {
  const wide = 2 ** Math.max(0, Math.ceil(Math.log2((rows * axis.count) / MOST_CELLS)));
  const cells: Buckets = { count: Math.ceil(axis.count / wide), perUnit: axis.perUnit / wide };
  const heaviest = new HeaviestNames(cells);
  let below = 0;
  for (let at = 0; at < count; at += 1) {
    const inRow = row[at] ?? 0;
    const stop = end[at] ?? 0;
    let from = start[at] ?? 0;
    while (below < count && (row[below] ?? 0) <= inRow) below += 1;
    for (; below < count; below += 1) {
      const childStart = start[below] ?? 0;
      const isChild = row[below] === inRow + 1 && lane[below] === lane[at];
      if (!isChild || childStart >= stop) break;
      if (childStart > from) heaviest.paint(name[at] ?? 0, from, childStart);
      from = Math.max(from, end[below] ?? 0);
    }
    if (from < stop || start[at] === stop) heaviest.paint(name[at] ?? 0, from, stop);
  }
  for (let bucket = 0; bucket < names.length; bucket += 1) {
    names[bucket] = heaviest.nameOf(Math.floor(bucket / wide));
  }
}
