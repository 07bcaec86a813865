import type { SpanColumns } from './columns.ts';
import { NO_SPAN } from './units.ts';

/**
 * How far a child may end behind its parent and still lie in its lane: clients that round starts to whole milliseconds
 * and ends to microseconds let children end under 1 ms late with nothing wrong.
 */
export const LANE_TOLERANCE_NS = 1e6;

/** Lanes that the lane column can tell; spans beyond them go to a further track. */
export const MAX_LANES = 0x10000;

type Placeable = Pick<SpanColumns, 'startNs' | 'durationNs' | 'trackId' | 'parent'>;

function fitsUnderParent(columns: Placeable, span: number, parent: number): boolean {
  if (parent === NO_SPAN || columns.trackId[parent] !== columns.trackId[span]) return false;
  const start = columns.startNs[span] ?? 0;
  const parentStart = columns.startNs[parent] ?? 0;
  const parentEnd = parentStart + (columns.durationNs[parent] ?? 0);
  const end = start + (columns.durationNs[span] ?? 0);
  return start >= parentStart && start < parentEnd && end <= parentEnd + LANE_TOLERANCE_NS;
}

/** A heap of numbers with a key each; the smallest key comes first, of equal keys the smallest number. */
class LaneHeap {
  readonly #keys: number[] = [];
  readonly #lanes: number[] = [];

  get topKey(): number {
    return this.#keys[0] ?? Infinity;
  }

  #before(a: number, b: number): boolean {
    const keyA = this.#keys[a] ?? 0;
    const keyB = this.#keys[b] ?? 0;
    return keyA < keyB || (keyA === keyB && (this.#lanes[a] ?? 0) < (this.#lanes[b] ?? 0));
  }

  #swap(a: number, b: number): void {
    [this.#keys[a], this.#keys[b]] = [this.#keys[b] ?? 0, this.#keys[a] ?? 0];
    [this.#lanes[a], this.#lanes[b]] = [this.#lanes[b] ?? 0, this.#lanes[a] ?? 0];
  }

  push(key: number, lane: number): void {
    let at = this.#keys.push(key) - 1;
    this.#lanes.push(lane);
    while (at > 0 && this.#before(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  pop(): number | undefined {
    const lane = this.#lanes[0];
    const last = this.#keys.length - 1;
    if (last < 0) return undefined;
    this.#swap(0, last);
    this.#keys.pop();
    this.#lanes.pop();
    for (let at = 0; ;) {
      let least = at;
      if (2 * at + 1 < last && this.#before(2 * at + 1, least)) least = 2 * at + 1;
      if (2 * at + 2 < last && this.#before(2 * at + 2, least)) least = 2 * at + 2;
      if (least === at) return lane;
      this.#swap(at, least);
      at = least;
    }
  }
}

/** The lanes of one track while its spans are placed from the earliest to the latest. */
class TrackLanes {
  /** When the last span of a lane ends, on any row. */
  readonly laneEndNs: number[] = [];
  /** By lane and row: when the row's last span ends. */
  readonly #rowEndNs: number[][] = [];
  readonly #busy = new LaneHeap();
  readonly #free = new LaneHeap();

  tryPlaceUnder(lane: number, row: number, startNs: number, endNs: number): boolean {
    const rows = this.#rowEndNs[lane];
    if (rows === undefined || (rows[row] ?? -Infinity) > startNs) return false;
    rows[row] = endNs;
    this.laneEndNs[lane] = Math.max(this.laneEndNs[lane] ?? 0, endNs);
    return true;
  }

  placeAlone(startNs: number, endNs: number): number {
    while (this.#busy.topKey <= startNs) {
      const ended = this.#busy.pop() ?? 0;
      const end = this.laneEndNs[ended] ?? 0;
      if (end <= startNs) this.#free.push(ended, ended);
      else this.#busy.push(end, ended);
    }
    const lane = this.#free.pop() ?? this.laneEndNs.length;
    this.laneEndNs[lane] = endNs;
    this.#rowEndNs[lane] = [endNs];
    this.#busy.push(endNs, lane);
    return lane;
  }
}

/**
 * Packs the spans of each track into lanes: a span lies under its parent where the two are on one track, it ends with
 * the parent and the row is free; otherwise it begins the first lane in which nothing runs. So spans that share track,
 * lane and row never overlap, and no span is changed or lost.
 *
 * @param columns ordered by start, then by falling duration, then parents before children.
 * @returns the lane of each span, not limited to MAX_LANES.
 */
export function packLanes(columns: Placeable): Uint32Array {
  const count = columns.startNs.length;
  const lane = new Uint32Array(count);
  const row = new Uint32Array(count);
  const placed = new Uint8Array(count);
  const tracks = new Map<number, TrackLanes>();
  for (let span = 0; span < count; span += 1) {
    const trackId = columns.trackId[span] ?? 0;
    const lanes = tracks.get(trackId) ?? new TrackLanes();
    tracks.set(trackId, lanes);
    const start = columns.startNs[span] ?? 0;
    const end = start + (columns.durationNs[span] ?? 0);
    const parent = columns.parent[span] ?? NO_SPAN;
    const parentLane = parent === NO_SPAN ? 0 : (lane[parent] ?? 0);
    const wantedRow = parent === NO_SPAN ? 0 : (row[parent] ?? 0) + 1;
    placed[span] = 1;
    if (
      fitsUnderParent(columns, span, parent) &&
      placed[parent] === 1 &&
      lanes.tryPlaceUnder(parentLane, wantedRow, start, end)
    ) {
      lane[span] = parentLane;
      row[span] = wantedRow;
    } else {
      lane[span] = lanes.placeAlone(start, end);
    }
  }
  return lane;
}

/**
 * Row of each span inside its lane: 0 for one that begins in the lane, one more than the parent's for one that lies
 * under its parent. Spans that share track, lane and row never overlap.
 */
export function rowsInLanes(spans: SpanColumns): Uint32Array {
  const rows = new Uint32Array(spans.startNs.length);
  for (let span = 0; span < rows.length; span += 1) {
    const parent = spans.parent[span] ?? NO_SPAN;
    const under = fitsUnderParent(spans, span, parent) && spans.lane[parent] === spans.lane[span];
    if (under && parent < span) rows[span] = (rows[parent] ?? 0) + 1;
  }
  return rows;
}
