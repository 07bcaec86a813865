import { valueText } from './anyValue.ts';
import type { LogRecord } from './otlpRecords.ts';
import type { OtlpClock } from './otlpClock.ts';
import { type ProtobufCursor, WIRE } from './protobufCursor.ts';
import { readId } from './protobufSpan.ts';
import { readAnyValue, readKeyValue } from './protobufValues.ts';

/** Field numbers of LogRecord (logs.proto). */
const LOG = {
  time: 1,
  severity: 2,
  severityText: 3,
  body: 5,
  attributes: 6,
  droppedAttributes: 7,
  traceId: 9,
  spanId: 10,
  observed: 11,
  eventName: 12,
} as const;

/** Reads the log record that is the whole of the cursor's message. */
export function readLog(cursor: ProtobufCursor, clock: OtlpClock, into: LogRecord): void {
  while (cursor.next()) {
    const { field, wire } = cursor;
    if (wire === WIRE.bytes) readBytesField(cursor, into);
    else if (wire === WIRE.fixed64) {
      cursor.fixed64();
      if (field === LOG.time) into.timeNs = clock.fromWords(cursor.high, cursor.low);
      else if (field === LOG.observed) into.observedNs = clock.fromWords(cursor.high, cursor.low);
    } else if (wire === WIRE.varint) {
      const value = cursor.uint();
      if (field === LOG.severity) into.severity = value;
      else if (field === LOG.droppedAttributes) into.droppedAttributes = cursor.low;
    } else cursor.skip();
  }
}

function readBytesField(cursor: ProtobufCursor, into: LogRecord): void {
  switch (cursor.field) {
    case LOG.severityText:
      into.severityText = cursor.string();
      break;
    case LOG.body: {
      const body = readAnyValue(cursor);
      into.body = body === null ? null : valueText(body);
      break;
    }
    case LOG.attributes:
      readKeyValue(cursor, into.attributes);
      break;
    case LOG.traceId:
      readId(cursor, into.trace);
      break;
    case LOG.spanId:
      readId(cursor, into.span);
      break;
    case LOG.eventName:
      into.eventName = cursor.string();
      break;
    default:
      cursor.skip();
  }
}
