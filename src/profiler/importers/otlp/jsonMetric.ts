import type { JsonReader } from '../json/jsonReader.ts';
import { KeySet } from '../json/keySet.ts';
import { eachJsonElement, eachJsonKey } from './jsonRecords.ts';
import { readJsonAttributes, readJsonEnum, readJsonTime } from './jsonValues.ts';
import type { OtlpClock } from './otlpClock.ts';
import {
  AttributeList,
  type MetricKind,
  type MetricPoint,
  type MetricRecord,
} from './otlpRecords.ts';

const METRIC = new KeySet([
  'name',
  'unit',
  'gauge',
  'sum',
  'histogram',
  'exponentialHistogram',
  'summary',
]);
/** By the position of their key above. */
const KINDS: Readonly<Record<number, MetricKind>> = {
  2: 'gauge',
  3: 'sum',
  4: 'histogram',
  5: 'histogram',
  6: 'summary',
};
const DATA = new KeySet(['dataPoints', 'aggregationTemporality']);
const TEMPORALITIES = ['UNSPECIFIED', 'DELTA', 'CUMULATIVE'].map(
  (name) => `AGGREGATION_TEMPORALITY_${name}`,
);
const DELTA = 1;
const POINT = new KeySet([
  'timeUnixNano',
  'attributes',
  'asDouble',
  'asInt',
  'count',
  'sum',
  'flags',
]);
const NO_RECORDED_VALUE = 1;

/** Reads a metric; null where the value is no object or of a kind that is not known. */
export function readJsonMetric(
  reader: JsonReader,
  clock: OtlpClock,
  offset: number,
): MetricRecord | null {
  let name = '';
  let unit = '';
  const data: Pick<MetricRecord, 'kind' | 'delta' | 'points'>[] = [];
  eachJsonKey(reader, METRIC, (key) => {
    const kind = KINDS[key];
    if (key === 0) name = reader.readString() ?? '';
    else if (key === 1) unit = reader.readString() ?? '';
    else if (kind !== undefined) data.push(readData(reader, clock, kind));
  });
  const last = data.at(-1);
  return last === undefined ? null : { offset, name, unit, ...last };
}

function readData(
  reader: JsonReader,
  clock: OtlpClock,
  kind: MetricKind,
): Pick<MetricRecord, 'kind' | 'delta' | 'points'> {
  const points: MetricPoint[] = [];
  let delta = false;
  eachJsonKey(reader, DATA, (key) => {
    if (key === 0) eachJsonElement(reader, () => points.push(readPoint(reader, clock)));
    else delta = readJsonEnum(reader, TEMPORALITIES) === DELTA;
  });
  return { kind, delta, points };
}

function readPoint(reader: JsonReader, clock: OtlpClock): MetricPoint {
  const attributes = new AttributeList();
  let timeNs = Number.NaN;
  let value: number | null = null;
  let count: number | null = null;
  let sum: number | null = null;
  let empty = false;
  eachJsonKey(reader, POINT, (key) => {
    if (key === 0) timeNs = readJsonTime(reader, clock);
    else if (key === 1) readJsonAttributes(reader, attributes);
    else if (key === 2 || key === 3) value = reader.readNumber();
    else if (key === 4) count = reader.readNumber();
    else if (key === 5) sum = reader.readNumber();
    else empty = reader.readNumber() % 2 === NO_RECORDED_VALUE;
  });
  return { timeNs, attributes: attributes.toObject(), value, count, sum, empty };
}
