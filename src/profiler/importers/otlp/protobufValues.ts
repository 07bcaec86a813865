import { type AnyValue, MAX_VALUE_DEPTH, flattenValue } from './anyValue.ts';
import type { AttributeList } from './otlpRecords.ts';
import { type ProtobufCursor, ProtobufError, WIRE } from './protobufCursor.ts';

/** Field numbers of AnyValue (common.proto). */
const VALUE = { string: 1, bool: 2, int: 3, double: 4, array: 5, map: 6, bytes: 7 } as const;

/** Reads the KeyValue that the last tag announced into attributes. */
export function readKeyValue(cursor: ProtobufCursor, into: AttributeList): void {
  const outer = enter(cursor);
  let key = '';
  let value: AnyValue = null;
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.bytes) key = cursor.string();
    else if (cursor.field === 2 && cursor.wire === WIRE.bytes) value = readAnyValue(cursor);
    else cursor.skip();
  }
  cursor.end = outer;
  if (value === null) return;
  if (typeof value === 'object') {
    flattenValue(key, value, (flatKey, flatValue) => into.add(flatKey, flatValue));
  } else into.add(key, value);
}

/** Reads the AnyValue that the last tag announced; null for an empty one, and for one that is nested too deep. */
export function readAnyValue(cursor: ProtobufCursor, depth = 0): AnyValue {
  const outer = enter(cursor);
  let value: AnyValue = null;
  while (cursor.next()) {
    if (cursor.field === VALUE.string && cursor.wire === WIRE.bytes) value = cursor.string();
    else if (cursor.field === VALUE.int && cursor.wire === WIRE.varint) value = cursor.int();
    else if (cursor.field === VALUE.bool && cursor.wire === WIRE.varint)
      value = cursor.uint() !== 0;
    else if (cursor.field === VALUE.double && cursor.wire === WIRE.fixed64) value = cursor.double();
    else if (cursor.wire !== WIRE.bytes || depth >= MAX_VALUE_DEPTH) cursor.skip();
    else if (cursor.field === VALUE.array) value = readArray(cursor, depth + 1);
    else if (cursor.field === VALUE.map) value = { pairs: readMap(cursor, depth + 1) };
    else if (cursor.field === VALUE.bytes) value = readBase64(cursor);
    else cursor.skip();
  }
  cursor.end = outer;
  return value;
}

function readArray(cursor: ProtobufCursor, depth: number): AnyValue[] {
  const outer = enter(cursor);
  const values: AnyValue[] = [];
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.bytes) values.push(readAnyValue(cursor, depth));
    else cursor.skip();
  }
  cursor.end = outer;
  return values;
}

function readMap(cursor: ProtobufCursor, depth: number): [string, AnyValue][] {
  const outer = enter(cursor);
  const pairs: [string, AnyValue][] = [];
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.bytes) pairs.push(readPair(cursor, depth));
    else cursor.skip();
  }
  cursor.end = outer;
  return pairs;
}

function readPair(cursor: ProtobufCursor, depth: number): [string, AnyValue] {
  const outer = enter(cursor);
  let key = '';
  let value: AnyValue = null;
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wire === WIRE.bytes) key = cursor.string();
    else if (cursor.field === 2 && cursor.wire === WIRE.bytes) value = readAnyValue(cursor, depth);
    else cursor.skip();
  }
  cursor.end = outer;
  return [key, value];
}

function readBase64(cursor: ProtobufCursor): string {
  const length = cursor.length();
  const start = cursor.at;
  cursor.at += length;
  return cursor.bytes.toString('base64', start, start + length);
}

/** Limits the cursor to the message that the last tag announced; gives the end to be set again afterwards. */
export function enter(cursor: ProtobufCursor): number {
  if (cursor.wire !== WIRE.bytes) {
    throw new ProtobufError(`a message has the wire type ${cursor.wire}`, cursor.at);
  }
  const outer = cursor.end;
  const length = cursor.length();
  cursor.end = cursor.at + length;
  return outer;
}
