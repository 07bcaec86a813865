import type { JsonReader } from '../json/jsonReader.ts';
import { END_OF_OBJECT, KeySet } from '../json/keySet.ts';
import { valueText } from './anyValue.ts';
import {
  readJsonAttributes,
  readJsonCount,
  readJsonEnum,
  readJsonId,
  readJsonTime,
  readJsonValue,
} from './jsonValues.ts';
import type { OtlpClock } from './otlpClock.ts';
import {
  AttributeList,
  type LogRecord,
  OtlpId,
  type ResourceRecord,
  type ScopeRecord,
  type SpanRecord,
} from './otlpRecords.ts';

const SPAN = new KeySet([
  'traceId',
  'spanId',
  'parentSpanId',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'attributes',
  'events',
  'links',
  'status',
  'traceState',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
]);
const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'].map(
  (name) => `SPAN_KIND_${name}`,
);
const STATUS_CODES = ['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR'];
const STATUS = new KeySet(['code', 'message']);
const EVENT = new KeySet(['timeUnixNano', 'name', 'attributes', 'droppedAttributesCount']);
const LINK = new KeySet(['traceId', 'spanId']);
const LOG = new KeySet([
  'timeUnixNano',
  'observedTimeUnixNano',
  'severityNumber',
  'severityText',
  'body',
  'attributes',
  'traceId',
  'spanId',
  'eventName',
  'droppedAttributesCount',
]);
const RESOURCE = new KeySet(['attributes', 'droppedAttributesCount']);
const SCOPE = new KeySet(['name', 'version', 'droppedAttributesCount']);

/** Calls for each key of the object at hand; false, and the value skipped, where it is none. */
export function eachJsonKey(
  reader: JsonReader,
  keys: KeySet,
  onKey: (key: number) => void,
): boolean {
  if (!reader.enterObject()) {
    reader.skip();
    return false;
  }
  for (let key = reader.nextKey(keys); key !== END_OF_OBJECT; key = reader.nextKey(keys)) {
    if (key < 0) reader.skip();
    else onKey(key);
  }
  return true;
}

/** Calls for each element of the array at hand, which the callback consumes; another value is skipped. */
export function eachJsonElement(reader: JsonReader, onElement: () => void): void {
  if (!reader.enterArray()) reader.skip();
  else while (reader.nextElement()) onElement();
}

/** Reads a span; false where the value is no object. */
export function readJsonSpan(reader: JsonReader, clock: OtlpClock, into: SpanRecord): boolean {
  if (!reader.enterObject()) {
    reader.skip();
    return false;
  }
  for (let key = reader.nextKey(SPAN); key !== END_OF_OBJECT; key = reader.nextKey(SPAN)) {
    readSpanField(reader, clock, into, key);
  }
  return true;
}

function readSpanField(reader: JsonReader, clock: OtlpClock, into: SpanRecord, key: number): void {
  switch (key) {
    case 0:
      readJsonId(reader, into.trace);
      break;
    case 1:
      readJsonId(reader, into.id);
      break;
    case 2:
      readJsonId(reader, into.parent);
      break;
    case 3:
      into.name = reader.readString() ?? '';
      break;
    case 4:
      into.kind = readJsonEnum(reader, KINDS);
      break;
    case 5:
      into.startNs = readJsonTime(reader, clock);
      break;
    case 6:
      into.endNs = readJsonTime(reader, clock);
      break;
    case 7:
      readJsonAttributes(reader, into.attributes);
      break;
    case 8:
      into.events.length = 0;
      eachJsonElement(reader, () => readEvent(reader, clock, into));
      break;
    case 9:
      into.links.length = 0;
      eachJsonElement(reader, () => readLink(reader, into));
      break;
    case 10:
      eachJsonKey(reader, STATUS, (part) => {
        if (part === 0) into.statusCode = readJsonEnum(reader, STATUS_CODES);
        else into.statusMessage = reader.readString() ?? '';
      });
      break;
    case 11:
      into.traceState = reader.readString() ?? '';
      break;
    case 12:
      into.droppedAttributes = readJsonCount(reader);
      break;
    case 13:
      into.droppedEvents = readJsonCount(reader);
      break;
    case 14:
      into.droppedLinks = readJsonCount(reader);
      break;
    default:
      reader.skip();
  }
}

function readEvent(reader: JsonReader, clock: OtlpClock, into: SpanRecord): void {
  const attributes = new AttributeList();
  let timeNs = Number.NaN;
  let name = '';
  let droppedAttributes = 0;
  const found = eachJsonKey(reader, EVENT, (key) => {
    if (key === 0) timeNs = readJsonTime(reader, clock);
    else if (key === 1) name = reader.readString() ?? '';
    else if (key === 2) readJsonAttributes(reader, attributes);
    else droppedAttributes = readJsonCount(reader);
  });
  if (found)
    into.events.push({ name, timeNs, attributes: attributes.toObject(), droppedAttributes });
}

function readLink(reader: JsonReader, into: SpanRecord): void {
  const link = { trace: new OtlpId(4), span: new OtlpId(2) };
  const found = eachJsonKey(reader, LINK, (key) => {
    readJsonId(reader, key === 0 ? link.trace : link.span);
  });
  if (found) into.links.push(link);
}

/** Reads a log record; false where the value is no object. */
export function readJsonLog(reader: JsonReader, clock: OtlpClock, into: LogRecord): boolean {
  return eachJsonKey(reader, LOG, (key) => {
    if (key === 0) into.timeNs = readJsonTime(reader, clock);
    else if (key === 1) into.observedNs = readJsonTime(reader, clock);
    else if (key === 2) into.severity = readJsonCount(reader);
    else if (key === 3) into.severityText = reader.readString() ?? '';
    else if (key === 4) {
      const body = readJsonValue(reader);
      into.body = body === null ? null : valueText(body);
    } else if (key === 5) readJsonAttributes(reader, into.attributes);
    else if (key === 6) readJsonId(reader, into.trace);
    else if (key === 7) readJsonId(reader, into.span);
    else if (key === 8) into.eventName = reader.readString() ?? '';
    else into.droppedAttributes = readJsonCount(reader);
  });
}

export function readJsonResource(reader: JsonReader, into: ResourceRecord): void {
  into.clear();
  eachJsonKey(reader, RESOURCE, (key) => {
    if (key === 0) readJsonAttributes(reader, into.attributes);
    else into.droppedAttributes = readJsonCount(reader);
  });
}

export function readJsonScope(reader: JsonReader, into: ScopeRecord): void {
  into.clear();
  eachJsonKey(reader, SCOPE, (key) => {
    if (key === 0) into.name = reader.readString() ?? '';
    else if (key === 1) into.version = reader.readString() ?? '';
    else into.droppedAttributes = readJsonCount(reader);
  });
}
