import { AttributeList, OtlpId, type SpanRecord } from './otlpRecords.ts';
import { ID_STATE } from './otlpRecords.ts';
import type { OtlpClock } from './otlpClock.ts';
import { type ProtobufCursor, WIRE } from './protobufCursor.ts';
import { enter, readKeyValue } from './protobufValues.ts';

/** Field numbers of Span (trace.proto). */
const SPAN = {
  traceId: 1,
  spanId: 2,
  traceState: 3,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  start: 7,
  end: 8,
  attributes: 9,
  droppedAttributes: 10,
  events: 11,
  droppedEvents: 12,
  links: 13,
  droppedLinks: 14,
  status: 15,
} as const;

/** Reads the span that is the whole of the cursor's message. Fields of another wire type are left out. */
export function readSpan(cursor: ProtobufCursor, clock: OtlpClock, into: SpanRecord): void {
  while (cursor.next()) {
    if (cursor.wire === WIRE.bytes) readBytesField(cursor, clock, into);
    else if (cursor.wire === WIRE.fixed64) readTime(cursor, clock, into);
    else if (cursor.wire === WIRE.varint) readCount(cursor, into);
    else cursor.skip();
  }
}

function readBytesField(cursor: ProtobufCursor, clock: OtlpClock, into: SpanRecord): void {
  switch (cursor.field) {
    case SPAN.traceId:
      readId(cursor, into.trace);
      break;
    case SPAN.spanId:
      readId(cursor, into.id);
      break;
    case SPAN.parentSpanId:
      readId(cursor, into.parent);
      break;
    case SPAN.name:
      into.name = cursor.string();
      break;
    case SPAN.attributes:
      readKeyValue(cursor, into.attributes);
      break;
    case SPAN.events:
      readEvent(cursor, clock, into);
      break;
    case SPAN.links:
      readLink(cursor, into);
      break;
    case SPAN.status:
      readStatus(cursor, into);
      break;
    case SPAN.traceState:
      into.traceState = cursor.string();
      break;
    default:
      cursor.skip();
  }
}

function readTime(cursor: ProtobufCursor, clock: OtlpClock, into: SpanRecord): void {
  const { field } = cursor;
  cursor.fixed64();
  if (field === SPAN.start) into.startNs = clock.fromWords(cursor.high, cursor.low);
  else if (field === SPAN.end) into.endNs = clock.fromWords(cursor.high, cursor.low);
}

function readCount(cursor: ProtobufCursor, into: SpanRecord): void {
  const { field } = cursor;
  const value = cursor.uint();
  if (field === SPAN.kind) into.kind = value;
  else if (field === SPAN.droppedAttributes) into.droppedAttributes = cursor.low;
  else if (field === SPAN.droppedEvents) into.droppedEvents = cursor.low;
  else if (field === SPAN.droppedLinks) into.droppedLinks = cursor.low;
}

/** Reads an id; an empty one is missing. */
export function readId(cursor: ProtobufCursor, into: OtlpId): void {
  const from = cursor.at;
  if (cursor.id(into.words)) into.set();
  // The length itself takes a byte: nothing behind it is an empty field.
  else into.state = cursor.at - from <= 1 ? ID_STATE.missing : ID_STATE.malformed;
}

function readEvent(cursor: ProtobufCursor, clock: OtlpClock, into: SpanRecord): void {
  const outer = enter(cursor);
  const attributes = new AttributeList();
  let name = '';
  let timeNs = Number.NaN;
  let droppedAttributes = 0;
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.fixed64) {
      cursor.fixed64();
      timeNs = clock.fromWords(cursor.high, cursor.low);
    } else if (cursor.field === 2 && cursor.wire === WIRE.bytes) name = cursor.string();
    else if (cursor.field === 3 && cursor.wire === WIRE.bytes) readKeyValue(cursor, attributes);
    else if (cursor.field === 4 && cursor.wire === WIRE.varint) droppedAttributes = cursor.uint();
    else cursor.skip();
  }
  cursor.end = outer;
  into.events.push({ name, timeNs, attributes: attributes.toObject(), droppedAttributes });
}

function readLink(cursor: ProtobufCursor, into: SpanRecord): void {
  const outer = enter(cursor);
  const link = { trace: new OtlpId(4), span: new OtlpId(2) };
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.bytes) readId(cursor, link.trace);
    else if (cursor.field === 2 && cursor.wire === WIRE.bytes) readId(cursor, link.span);
    else cursor.skip();
  }
  cursor.end = outer;
  into.links.push(link);
}

function readStatus(cursor: ProtobufCursor, into: SpanRecord): void {
  const outer = enter(cursor);
  while (cursor.next()) {
    if (cursor.field === 2 && cursor.wire === WIRE.bytes) into.statusMessage = cursor.string();
    else if (cursor.field === 3 && cursor.wire === WIRE.varint) into.statusCode = cursor.uint();
    else cursor.skip();
  }
  cursor.end = outer;
}
