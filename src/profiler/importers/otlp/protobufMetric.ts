import {
  AttributeList,
  type MetricKind,
  type MetricPoint,
  type MetricRecord,
} from './otlpRecords.ts';
import type { OtlpClock } from './otlpClock.ts';
import { type ProtobufCursor, WIRE } from './protobufCursor.ts';
import { enter, readKeyValue } from './protobufValues.ts';

/** Kinds by the field number of Metric.data (metrics.proto): gauge, sum, histogram, exponential histogram, summary. */
const KINDS: Readonly<Record<number, MetricKind>> = {
  5: 'gauge',
  7: 'sum',
  9: 'histogram',
  10: 'histogram',
  11: 'summary',
};
const EXPONENTIAL = 10;
const DELTA = 1;
const NO_RECORDED_VALUE = 1;

/** Where a kind of data point keeps its attributes and its flags. */
const POINT_FIELDS: Readonly<Record<number, { attributes: number; flags: number }>> = {
  5: { attributes: 7, flags: 8 },
  7: { attributes: 7, flags: 8 },
  9: { attributes: 9, flags: 10 },
  10: { attributes: 1, flags: 10 },
  11: { attributes: 7, flags: 8 },
};

/** Reads the metric that is the whole of the cursor's message; null for one of a kind that is not known. */
export function readMetric(
  cursor: ProtobufCursor,
  clock: OtlpClock,
  offset: number,
): MetricRecord | null {
  let name = '';
  let unit = '';
  let data: Pick<MetricRecord, 'kind' | 'delta' | 'points'> | null = null;
  while (cursor.next()) {
    if (cursor.wire !== WIRE.bytes) cursor.skip();
    else if (cursor.field === 1) name = cursor.string();
    else if (cursor.field === 3) unit = cursor.string();
    else {
      const kind = KINDS[cursor.field];
      if (kind === undefined) cursor.skip();
      else data = readData(cursor, clock, kind, cursor.field);
    }
  }
  return data === null ? null : { offset, name, unit, ...data };
}

function readData(
  cursor: ProtobufCursor,
  clock: OtlpClock,
  kind: MetricKind,
  field: number,
): Pick<MetricRecord, 'kind' | 'delta' | 'points'> {
  const outer = enter(cursor);
  const points: MetricPoint[] = [];
  let delta = false;
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.bytes) {
      points.push(readPoint(cursor, clock, kind, field));
    } else if (cursor.field === 2 && cursor.wire === WIRE.varint) delta = cursor.uint() === DELTA;
    else cursor.skip();
  }
  cursor.end = outer;
  return { kind, delta, points };
}

function readPoint(
  cursor: ProtobufCursor,
  clock: OtlpClock,
  kind: MetricKind,
  metric: number,
): MetricPoint {
  const outer = enter(cursor);
  const fields = POINT_FIELDS[metric];
  const attributes = new AttributeList();
  let timeNs = Number.NaN;
  let value: number | null = null;
  let count: number | null = null;
  let sum: number | null = null;
  let empty = false;
  while (cursor.next()) {
    const { field, wire } = cursor;
    if (wire === WIRE.bytes && field === fields?.attributes) readKeyValue(cursor, attributes);
    else if (wire === WIRE.varint && field === fields?.flags) {
      empty = cursor.uint() % 2 === NO_RECORDED_VALUE;
    } else if (wire !== WIRE.fixed64) cursor.skip();
    else if (field === 3) {
      cursor.fixed64();
      timeNs = clock.fromWords(cursor.high, cursor.low);
    } else if (kind === 'gauge' || kind === 'sum') {
      if (field === 4) value = cursor.double();
      else if (field === 6) value = Number(cursor.sfixed64());
      else cursor.skip();
    } else if (field === 4) {
      cursor.fixed64();
      count = cursor.high * 2 ** 32 + cursor.low;
    } else if (field === 5) sum = cursor.double();
    else cursor.skip();
  }
  cursor.end = outer;
  // Both kinds of histogram keep their sum optional; where a measurement may be negative it is left out.
  if (metric === EXPONENTIAL && count === 0) sum ??= 0;
  return { timeNs, attributes: attributes.toObject(), value, count, sum, empty };
}
