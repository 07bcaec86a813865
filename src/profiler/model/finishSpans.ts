import type { AttributeColumns, SpanColumns } from './columns.ts';
import { inferParents } from './inferParents.ts';
import { MAX_LANES, packLanes } from './lanes.ts';
import { breakCycles, depthsOf, selfTimes } from './spanRelations.ts';
import type { SpanHandle, SpanStore } from './spanStore.ts';
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
  const start = store.startNs.view().map((ns) => ns - shiftNs);
  const duration = store.durationNs.view().slice();
  for (let i = 0; i < count; i += 1) {
    if (Number.isNaN(duration[i])) {
      duration[i] = Math.max(0, openEndNs - shiftNs - (start[i] ?? 0));
    }
  }
  const parent = store.parent.view().slice();
  let brokenParents = resolveParentIds(store, parent);
  const byTime = orderOf(start, duration, null);
  const inTime = gather(store, start, duration, byTime, parent);
  inferParents(inTime, inTime.parent);
  brokenParents += breakCycles(inTime.parent);
  const depthInTime = depthsOf(inTime.parent);
  const final = orderOf(inTime.startNs, inTime.durationNs, depthInTime);
  const columns = reorder(inTime, final);
  const indexOf = new Int32Array(count);
  final.forEach((inTimeIndex, index) => {
    indexOf[byTime[inTimeIndex] ?? 0] = index;
  });
  const depth = depthInTime.slice();
  final.forEach((inTimeIndex, index) => {
    depth[index] = depthInTime[inTimeIndex] ?? 0;
  });
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

function resolveParentIds(store: SpanStore, parent: Int32Array): number {
  if (store.parentIds.size === 0) return 0;
  const handles = new Map<bigint, SpanHandle>();
  let duplicates = 0;
  for (let handle = 0; handle < store.count; handle += 1) {
    const id = spanId(store, handle);
    if (id === 0n) continue;
    if (handles.has(id)) duplicates += 1;
    else handles.set(id, handle);
  }
  for (const [handle, parentId] of store.parentIds) {
    parent[handle] = handles.get(parentId) ?? NO_SPAN;
  }
  return duplicates;
}

function spanId(store: SpanStore, handle: SpanHandle): bigint {
  return (BigInt(store.idHigh.get(handle)) << 32n) | BigInt(store.idLow.get(handle));
}

function orderOf(
  startNs: Float64Array,
  durationNs: Float64Array,
  depth: Uint16Array | null,
): Uint32Array {
  const order = Uint32Array.from({ length: startNs.length }, (_, i) => i);
  const compare = (a: number, b: number): number =>
    (startNs[a] ?? 0) - (startNs[b] ?? 0) ||
    (durationNs[b] ?? 0) - (durationNs[a] ?? 0) ||
    (depth === null ? 0 : (depth[a] ?? 0) - (depth[b] ?? 0)) ||
    a - b;
  for (let i = 1; i < order.length; i += 1) {
    if (compare(i - 1, i) > 0) return order.sort(compare);
  }
  return order;
}

function gather(
  store: SpanStore,
  startNs: Float64Array,
  durationNs: Float64Array,
  order: Uint32Array,
  parent: Int32Array,
): PartColumns {
  return reorder(
    {
      startNs,
      durationNs,
      parent,
      nameId: store.nameId.view(),
      trackId: store.trackId.view(),
      sourceId: store.sourceId.view(),
      status: store.status.view(),
    },
    order,
  );
}

function reorder(columns: PartColumns, order: Uint32Array): PartColumns {
  const count = order.length;
  const inverse = new Int32Array(count);
  const out: PartColumns = {
    startNs: new Float64Array(count),
    durationNs: new Float64Array(count),
    nameId: new Uint32Array(count),
    trackId: new Uint32Array(count),
    sourceId: new Uint32Array(count),
    parent: new Int32Array(count),
    status: new Uint8Array(count),
  };
  for (let to = 0; to < count; to += 1) {
    const from = order[to] ?? 0;
    inverse[from] = to;
    out.startNs[to] = columns.startNs[from] ?? 0;
    out.durationNs[to] = columns.durationNs[from] ?? 0;
    out.nameId[to] = columns.nameId[from] ?? 0;
    out.trackId[to] = columns.trackId[from] ?? 0;
    out.sourceId[to] = columns.sourceId[from] ?? 0;
    out.status[to] = columns.status[from] ?? 0;
    out.parent[to] = columns.parent[from] ?? NO_SPAN;
  }
  for (let to = 0; to < count; to += 1) {
    const parent = out.parent[to] ?? NO_SPAN;
    if (parent >= 0) out.parent[to] = inverse[parent] ?? NO_SPAN;
  }
  return out;
}

function idsOf(store: SpanStore, indexOf: Int32Array): BigUint64Array | null {
  if (!store.hasIds) return null;
  const ids = new BigUint64Array(store.count);
  for (let handle = 0; handle < store.count; handle += 1) {
    ids[indexOf[handle] ?? 0] = spanId(store, handle);
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
