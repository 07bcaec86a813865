import { IdTable } from './idTable.ts';
import type { AttributeColumns, SpanColumns } from './columns.ts';
import { inferParents } from './inferParents.ts';
import { MAX_LANES, packLanes } from './lanes.ts';
import { breakCycles, depthsOf, selfTimes } from './spanRelations.ts';
import type { SpanStore } from './spanStore.ts';
import { depthOrder, timeOrder } from './timeOrder.ts';
import { NO_SPAN, type SpanIndex, type TrackId } from './units.ts';

/** The spans of a store as finished columns. */
export interface FinishedSpans {
  readonly spans: SpanColumns;
  readonly spanIds: BigUint64Array | null;
  readonly attributes: AttributeColumns;
  /** Index in the columns of each handle. */
  readonly indexOf: Int32Array;
  /** Lanes used by each track, by track id. */
  readonly lanes: ReadonlyMap<TrackId, number>;
  /** Parents that could not be: cycles cut and ids that two spans claim. */
  readonly brokenParents: number;
}

/**
 * Turns spans in any order into ordered columns with parents, depth, self time and lanes. The store is not changed.
 *
 * @param shiftNs subtracted from every start.
 * @param openEndNs when spans that are still open end, before the shift.
 * @param overflowTrack gives the further track for spans beyond the lanes that a track can have.
 */
export function finishSpans(
  store: SpanStore,
  shiftNs: number,
  openEndNs: number,
  overflowTrack: (track: TrackId, overflow: number) => TrackId,
): FinishedSpans {
  const count = store.count;
  const { columns, byTime, brokenParents, depthInTime } = inOrderOfTime(store, shiftNs, openEndNs);
  const final = depthOrder(columns, depthInTime);
  const depth =
    final === null ? depthInTime : depthInTime.map((_, i) => depthInTime[final[i] ?? 0] ?? 0);
  if (final !== null) reorder(columns, final);
  const indexOf = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const inTime = final === null ? index : (final[index] ?? 0);
    indexOf[byTime === null ? inTime : (byTime[inTime] ?? 0)] = index;
  }
  const wideLane = packLanes(columns);
  const lanes = new Map<TrackId, number>();
  const lane = new Uint16Array(count);
  for (let i = 0; i < count; i += 1) {
    const wide = wideLane[i] ?? 0;
    let track = columns.trackId[i] ?? 0;
    if (wide >= MAX_LANES) {
      track = overflowTrack(track, Math.floor(wide / MAX_LANES));
      columns.trackId[i] = track;
    }
    lane[i] = wide % MAX_LANES;
    lanes.set(track, Math.max(lanes.get(track) ?? 0, (lane[i] ?? 0) + 1));
  }
  const selfNs = selfTimes(columns.startNs, columns.durationNs, columns.parent);
  return {
    spans: { ...columns, selfNs, depth, lane },
    spanIds: idsOf(store, indexOf),
    attributes: finishAttributes(store, indexOf),
    indexOf,
    lanes,
    brokenParents,
  };
}

type PartColumns = Omit<SpanColumns, 'selfNs' | 'depth' | 'lane'>;

/** The spans by start and duration, with their parents found and depths counted. */
function inOrderOfTime(
  store: SpanStore,
  shiftNs: number,
  openEndNs: number,
): {
  readonly columns: PartColumns;
  /** Handles in order; null for the order of the handles. */
  readonly byTime: Uint32Array | null;
  readonly depthInTime: Uint16Array;
  readonly brokenParents: number;
} {
  const columns: PartColumns = {
    startNs: store.startNs.view().slice(),
    durationNs: store.durationNs.view().slice(),
    nameId: store.nameId.view().slice(),
    trackId: store.trackId.view().slice(),
    sourceId: store.sourceId.view().slice(),
    parent: store.parent.view().slice(),
    status: store.status.view().slice(),
  };
  const { startNs, durationNs, parent } = columns;
  for (let i = 0; i < startNs.length; i += 1) {
    const start = (startNs[i] ?? 0) - shiftNs;
    startNs[i] = start;
    if (Number.isNaN(durationNs[i])) durationNs[i] = Math.max(0, openEndNs - shiftNs - start);
  }
  let brokenParents = resolveParentIds(store, parent);
  const byTime = timeOrder(columns, parent);
  if (byTime !== null) reorder(columns, byTime);
  inferParents(columns, parent);
  brokenParents += breakCycles(parent);
  return { columns, byTime, depthInTime: depthsOf(parent), brokenParents };
}

function resolveParentIds(store: SpanStore, parent: Int32Array): number {
  const { orphan, orphanParentHigh, orphanParentLow } = store;
  if (orphan.length === 0) return 0;
  const table = new IdTable(store.count);
  const duplicates = table.fill(store.idHigh.view(), store.idLow.view());
  for (let i = 0; i < orphan.length; i += 1) {
    parent[orphan.get(i)] = table.find(orphanParentHigh.get(i), orphanParentLow.get(i));
  }
  return duplicates;
}

/** Puts the columns into an order, one after another so that there is never more than one copy. */
function reorder(columns: PartColumns, order: Uint32Array): void {
  const inverse = new Int32Array(order.length);
  for (let to = 0; to < order.length; to += 1) inverse[order[to] ?? 0] = to;
  const { parent } = columns;
  for (let i = 0; i < parent.length; i += 1) {
    const owner = parent[i] ?? NO_SPAN;
    if (owner >= 0) parent[i] = inverse[owner] ?? NO_SPAN;
  }
  permute(columns.startNs, order);
  permute(columns.durationNs, order);
  permute(columns.nameId, order);
  permute(columns.trackId, order);
  permute(columns.sourceId, order);
  permute(columns.status, order);
  permute(parent, order);
}

function permute(
  column: Float64Array | Uint32Array | Int32Array | Uint8Array,
  order: Uint32Array,
): void {
  const before = column.slice();
  for (let to = 0; to < order.length; to += 1) column[to] = before[order[to] ?? 0] ?? 0;
}

function idsOf(store: SpanStore, indexOf: Int32Array): BigUint64Array | null {
  if (!store.hasIds) return null;
  const ids = new BigUint64Array(store.count);
  // As halves, low ones first as on all processors that stored runs can be read on: big integers are slow.
  const words = new Uint32Array(ids.buffer);
  for (let handle = 0; handle < store.count; handle += 1) {
    const at = (indexOf[handle] ?? 0) * 2;
    words[at] = store.idLow.get(handle);
    words[at + 1] = store.idHigh.get(handle);
  }
  return ids;
}

function finishAttributes(store: SpanStore, indexOf: Int32Array): AttributeColumns {
  const count = store.attributeSpan.length;
  const next = new Uint32Array(store.count + 1);
  const spanAt = (i: number): SpanIndex => indexOf[store.attributeSpan.get(i)] ?? 0;
  for (let i = 0; i < count; i += 1) {
    const after = spanAt(i) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let span = 0; span < store.count; span += 1) {
    next[span + 1] = (next[span + 1] ?? 0) + (next[span] ?? 0);
  }
  const columns: AttributeColumns = {
    span: new Uint32Array(count),
    keyId: new Uint32Array(count),
    type: new Uint8Array(count),
    value: new Float64Array(count),
  };
  for (let i = 0; i < count; i += 1) {
    const span = spanAt(i);
    const to = next[span] ?? 0;
    next[span] = to + 1;
    columns.span[to] = span;
    columns.keyId[to] = store.attributeKeyId.get(i);
    columns.type[to] = store.attributeType.get(i);
    columns.value[to] = store.attributeValue.get(i);
  }
  return columns;
}
