import { rowsInLanes } from '../model/lanes.ts';
import { type Run, spanCount } from '../model/run.ts';
import type { TrackId } from '../model/units.ts';
import { type DrawnTrack, drawnTracks } from './drawnTracks.ts';

/** Most spans of one piece of a track. */
export const PIECE_SPANS = 131_072;

/** A track of a chart. Its spans are those at `order[from]` up to, and without, `order[to]`. */
export interface LayoutTrack extends DrawnTrack {
  /** Rows of all its lanes, which lie one below the other. */
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

/** Where the spans of a run are drawn on the time axis. */
export interface TimeLayout {
  /** From the top. The id of a track is its place in `Run.tracks`. */
  readonly tracks: readonly LayoutTrack[];
  /** Spans ordered by track, then row, then start. */
  readonly order: Uint32Array;
  /** By span: its row, counted from the top of its track over all lanes. */
  readonly row: Uint32Array;
}

/**
 * Places the spans of a run on the rows of its tracks: a lane has as many rows as its spans nest deep, and the lanes of a
 * track lie one below the other. Spans of one row never overlap. Takes time linear in the spans, and eight bytes a span.
 * A run without time order has no place on a time axis: no tracks.
 */
export function timeLayout(run: Run): TimeLayout {
  if (run.weights !== null) {
    return { tracks: [], order: new Uint32Array(0), row: new Uint32Array(0) };
  }
  const { row, rowsOf } = stackLanes(run);
  const { order, from } = orderByRow(run, row, rowsOf);
  const tracks = drawnTracks(run).map((track) => ({
    ...track,
    rows: rowsOf[track.id] ?? 0,
    from: from[track.id] ?? 0,
    to: from[track.id + 1] ?? 0,
  }));
  return { tracks, order, row };
}

/** The track of a layout by its id; undefined for one that is not drawn. */
export function trackOf(
  { tracks }: Pick<TimeLayout, 'tracks'>,
  id: TrackId,
): LayoutTrack | undefined {
  return tracks.find((track) => track.id === id);
}

/** How many pieces the spans of a track come in. */
export function piecesOf({ from, to }: Pick<LayoutTrack, 'from' | 'to'>): number {
  return Math.ceil((to - from) / PIECE_SPANS);
}

/** The spans of a piece of a track, by row, then start: a view on the layout. Empty for a piece that there is not. */
export function spansOfPiece(
  { order }: TimeLayout,
  track: LayoutTrack,
  piece: number,
): Uint32Array {
  const from = Math.min(track.to, track.from + piece * PIECE_SPANS);
  return order.subarray(from, Math.min(track.to, from + PIECE_SPANS));
}

/** Rows over all lanes of a track: by span, and how many each track has. */
function stackLanes(run: Run): { row: Uint32Array; rowsOf: Uint32Array } {
  const { trackId, lane } = run.spans;
  const row = rowsInLanes(run.spans);
  const lanesBefore = firstLanes(run);
  const laneRows = new Uint32Array(lanesBefore[run.tracks.length] ?? 0);
  for (let span = 0; span < row.length; span += 1) {
    const at = (lanesBefore[trackId[span] ?? 0] ?? 0) + (lane[span] ?? 0);
    const rows = (row[span] ?? 0) + 1;
    if (rows > (laneRows[at] ?? 0)) laneRows[at] = rows;
  }
  const rowsOf = new Uint32Array(run.tracks.length);
  const firstRow = new Uint32Array(laneRows.length);
  for (let track = 0; track < rowsOf.length; track += 1) {
    let rows = 0;
    for (let at = lanesBefore[track] ?? 0; at < (lanesBefore[track + 1] ?? 0); at += 1) {
      firstRow[at] = rows;
      rows += laneRows[at] ?? 0;
    }
    rowsOf[track] = rows;
  }
  for (let span = 0; span < row.length; span += 1) {
    const at = (lanesBefore[trackId[span] ?? 0] ?? 0) + (lane[span] ?? 0);
    row[span] = (row[span] ?? 0) + (firstRow[at] ?? 0);
  }
  return { row, rowsOf };
}

/** By track: how many lanes the tracks before it have; one entry more than tracks. */
function firstLanes(run: Run): Uint32Array {
  const { trackId, lane } = run.spans;
  const lanes = new Uint32Array(run.tracks.length + 1);
  for (let span = 0; span < spanCount(run); span += 1) {
    const after = (trackId[span] ?? 0) + 1;
    const count = (lane[span] ?? 0) + 1;
    if (count > (lanes[after] ?? 0)) lanes[after] = count;
  }
  return summed(lanes);
}

/** A counting sort over the rows of all tracks; spans of a row stay in the order of the run, which is that of their starts. */
function orderByRow(
  run: Run,
  row: Uint32Array,
  rowsOf: Uint32Array,
): { order: Uint32Array; from: Uint32Array } {
  const { trackId } = run.spans;
  const tracks = rowsOf.length;
  const rowsBefore = new Uint32Array(tracks + 1);
  rowsBefore.set(rowsOf, 1);
  summed(rowsBefore);
  const next = new Uint32Array((rowsBefore[tracks] ?? 0) + 1);
  for (let span = 0; span < row.length; span += 1) {
    const at = (rowsBefore[trackId[span] ?? 0] ?? 0) + (row[span] ?? 0) + 1;
    next[at] = (next[at] ?? 0) + 1;
  }
  summed(next);
  const from = rowsBefore.map((rows) => next[rows] ?? 0);
  const order = new Uint32Array(row.length);
  for (let span = 0; span < row.length; span += 1) {
    const at = (rowsBefore[trackId[span] ?? 0] ?? 0) + (row[span] ?? 0);
    const place = next[at] ?? 0;
    order[place] = span;
    next[at] = place + 1;
  }
  return { order, from };
}

/** Turns counts into running sums, in place. */
function summed(counts: Uint32Array): Uint32Array {
  for (let i = 1; i < counts.length; i += 1) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0);
  return counts;
}
