import type { AttributeColumns, SpanColumns } from './columns.ts';
import type { GrowingColumn } from './growingColumn.ts';
import { IdTable } from './idTable.ts';
import { inferParents } from './inferParents.ts';
import { MAX_LANES, packLanes } from './lanes.ts';
import { breakCycles, depthsOf, selfTimes } from './spanRelations.ts';
import type { SpanStore } from './spanStore.ts';
import { depthOrder, timeOrder } from './timeOrder.ts';
import { NO_SPAN, type TrackId } from './units.ts';

type NumericColumn = Float64Array | Uint32Array | Int32Array | Uint8Array;

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
 * Turns spans in any order into ordered columns with parents, depth, self time and lanes.
 *
 * @param shiftNs subtracted from every start.
 * @param openEndNs when spans that are still open end, before the shift.
 * @param last whether the store may be emptied: there are never two copies of the columns then. Otherwise it is not
 *   changed.
 * @param overflowTrack gives the further track for spans beyond the lanes that a track can have.
 */
export function finishSpans(
  store: SpanStore,
  shiftNs: number,
  openEndNs: number,
  last: boolean,
  overflowTrack: (track: TrackId, overflow: number) => TrackId,
): FinishedSpans {
  const count = store.count;
  const { columns, byTime, brokenParents, depthInTime } = inOrderOfTime(
    store,
    shiftNs,
    openEndNs,
    last,
  );
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
    attributes: finishAttributes(store, indexOf, last),
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
  last: boolean,
): {
  readonly columns: PartColumns;
  /** Handles in order; null for the order of the handles. */
  readonly byTime: Uint32Array | null;
  readonly depthInTime: Uint16Array;
  readonly brokenParents: number;
} {
  const columns: PartColumns = {
    startNs: columnOf(store.startNs, last),
    durationNs: columnOf(store.durationNs, last),
    nameId: columnOf(store.nameId, last),
    trackId: columnOf(store.trackId, last),
    sourceId: columnOf(store.sourceId, last),
    parent: columnOf(store.parent, last),
    status: columnOf(store.status, last),
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
  const table = new IdTable(parent.length);
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
  const { startNs, durationNs, nameId, trackId, sourceId, status } = columns;
  permute([startNs, durationNs, nameId, trackId, sourceId, status, parent], order);
}

/** Puts columns of one length into an order, each by way of the same memory: a copy of each would wait to be collected. */
function permute(columns: readonly NumericColumn[], order: Uint32Array): void {
  const room = new ArrayBuffer(Math.max(...columns.map(({ byteLength }) => byteLength)));
  for (const column of columns) permuteOne(column, order, room);
}

function permuteOne(column: NumericColumn, order: Uint32Array, room: ArrayBuffer): void {
  const create = column.constructor as new (
    buffer: ArrayBuffer,
    from: number,
    length: number,
  ) => NumericColumn;
  const before = new create(room, 0, column.length);
  before.set(column);
  for (let to = 0; to < order.length; to += 1) column[to] = before[order[to] ?? 0] ?? 0;
}

function idsOf(store: SpanStore, indexOf: Int32Array): BigUint64Array | null {
  if (!store.hasIds) return null;
  const ids = new BigUint64Array(indexOf.length);
  // As halves, low ones first as on all processors that stored runs can be read on: big integers are slow.
  const words = new Uint32Array(ids.buffer);
  for (let handle = 0; handle < indexOf.length; handle += 1) {
    const at = (indexOf[handle] ?? 0) * 2;
    words[at] = store.idLow.get(handle);
    words[at + 1] = store.idHigh.get(handle);
  }
  return ids;
}

function finishAttributes(store: SpanStore, indexOf: Int32Array, last: boolean): AttributeColumns {
  const span = columnOf(store.attributeSpan, last);
  let inOrder = true;
  let before = 0;
  for (let i = 0; i < span.length; i += 1) {
    const index = indexOf[span[i] ?? 0] ?? 0;
    span[i] = index;
    if (index < before) inOrder = false;
    before = index;
  }
  const columns: AttributeColumns = {
    span,
    keyId: columnOf(store.attributeKeyId, last),
    type: columnOf(store.attributeType, last),
    value: columnOf(store.attributeValue, last),
  };
  if (inOrder) return columns;
  const order = orderBySpan(span, indexOf.length);
  permute([columns.keyId, columns.type, columns.value, span], order);
  return columns;
}

/** Positions of attributes by their span; those of one span as they stand. */
function orderBySpan(span: Uint32Array, spans: number): Uint32Array {
  const next = new Uint32Array(spans + 1);
  for (const index of span) next[index + 1] = (next[index + 1] ?? 0) + 1;
  for (let index = 0; index < spans; index += 1) {
    next[index + 1] = (next[index + 1] ?? 0) + (next[index] ?? 0);
  }
  const order = new Uint32Array(span.length);
  for (let i = 0; i < span.length; i += 1) {
    const index = span[i] ?? 0;
    const to = next[index] ?? 0;
    order[to] = i;
    next[index] = to + 1;
  }
  return order;
}

/** The values of a column of the store: a copy, or the column itself. */
function columnOf<T extends NumericColumn>(column: GrowingColumn<T>, last: boolean): T {
  return last ? column.take() : (column.view().slice() as T);
}
