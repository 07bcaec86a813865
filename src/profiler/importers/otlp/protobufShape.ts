import { ProtobufCursor, ProtobufError, WIRE } from './protobufCursor.ts';
import { signalOf } from './protobufRecords.ts';

/**
 * Whether bytes begin like a request of OTLP: field 1 holds a resource whose attributes have names, or scopes whose
 * records are spans, log records or metrics. The bytes may be cut off anywhere.
 */
export function looksLikeOtlp(bytes: Uint8Array): boolean {
  const cursor = new ProtobufCursor();
  cursor.open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);
  if (bytes[0] !== 0x0a) return false;
  try {
    return enterCut(cursor, 1) && insideResource(cursor);
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    return false;
  }
}

function insideResource(cursor: ProtobufCursor): boolean {
  const limit = cursor.end;
  while (cursor.next()) {
    const { field, wire } = cursor;
    if (wire !== WIRE.bytes || field > 3) return false;
    const length = cursor.uint();
    const end = Math.min(limit, cursor.at + length);
    cursor.end = end;
    if (field === 1 && length > 0 && namesAttributes(cursor)) return true;
    if (field === 2 && holdsRecord(cursor)) return true;
    cursor.at = end;
    cursor.end = limit;
  }
  return false;
}

/** Whether a resource begins with an attribute: a key of printable ASCII, then a value. */
function namesAttributes(cursor: ProtobufCursor): boolean {
  if (!enterCut(cursor, 1) || !cursor.next() || cursor.field !== 1 || cursor.wire !== WIRE.bytes) {
    return false;
  }
  const key = cursor.string();
  return /^[\x21-\x7e]{1,200}$/u.test(key) && cursor.next() && nextIs(cursor, 2);
}

function nextIs(cursor: ProtobufCursor, field: number): boolean {
  return cursor.field === field && cursor.wire === WIRE.bytes;
}

/** Whether a scope's records are of a known shape. */
function holdsRecord(cursor: ProtobufCursor): boolean {
  const limit = cursor.end;
  while (cursor.next()) {
    const { field, wire } = cursor;
    if (wire !== WIRE.bytes || field > 3) return false;
    const length = cursor.uint();
    cursor.end = Math.min(limit, cursor.at + length);
    if (field === 2) return signalOf(cursor) !== null;
    cursor.at = cursor.end;
    cursor.end = limit;
  }
  return false;
}

/** Enters the message of a field, as far as it is there; false where the next field is another one. */
function enterCut(cursor: ProtobufCursor, field: number): boolean {
  if (!cursor.next() || cursor.field !== field || cursor.wire !== WIRE.bytes) return false;
  const length = cursor.uint();
  cursor.end = Math.min(cursor.end, cursor.at + length);
  return true;
}
