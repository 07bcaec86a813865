import type { JsonReader } from '../json/jsonReader.ts';
import { END_OF_OBJECT, KeySet } from '../json/keySet.ts';
import { type AnyValue, MAX_VALUE_DEPTH, flattenValue } from './anyValue.ts';
import { type AttributeList, ID_STATE, type OtlpId } from './otlpRecords.ts';
import type { OtlpClock } from './otlpClock.ts';

const KEY_VALUE = new KeySet(['key', 'value']);
const VALUE_NAMES = [
  'stringValue',
  'intValue',
  'boolValue',
  'doubleValue',
  'arrayValue',
  'kvlistValue',
  'bytesValue',
];
const VALUE = new KeySet(VALUE_NAMES);

/** Reads an array of KeyValue into attributes. */
export function readJsonAttributes(reader: JsonReader, into: AttributeList): void {
  into.clear();
  if (!reader.enterArray()) {
    reader.skip();
    return;
  }
  while (reader.nextElement()) readKeyValue(reader, into);
}

function readKeyValue(reader: JsonReader, into: AttributeList): void {
  if (!reader.enterObject()) {
    reader.skip();
    return;
  }
  let name = '';
  let value: AnyValue = null;
  for (
    let key = reader.nextKey(KEY_VALUE);
    key !== END_OF_OBJECT;
    key = reader.nextKey(KEY_VALUE)
  ) {
    if (key === 0) name = reader.readString() ?? '';
    else if (key === 1) value = readJsonValue(reader);
    else reader.skip();
  }
  if (value === null) return;
  if (typeof value === 'object') {
    flattenValue(name, value, (flatKey, flatValue) => into.add(flatKey, flatValue));
  } else into.add(name, value);
}

/** Reads an AnyValue; null for an empty one and for what is none. */
export function readJsonValue(reader: JsonReader): AnyValue {
  if (!reader.enterObject()) {
    reader.skip();
    return null;
  }
  let value: AnyValue = null;
  for (let key = reader.nextKey(VALUE); key !== END_OF_OBJECT; key = reader.nextKey(VALUE)) {
    if (key === 0 || key === 6) value = reader.readString() ?? value;
    else if (key === 1) value = reader.readInteger() ?? value;
    else if (key === 2) value = reader.readBoolean() ?? value;
    else if (key === 3) value = reader.readDouble() ?? value;
    else if (key === 4 || key === 5) {
      // Rare and small: read as a whole, the integers among them with a double's precision.
      value = valueOf({ [VALUE_NAMES[key] ?? '']: reader.readAny() }, 0) ?? value;
    } else reader.skip();
  }
  return value;
}

function valueOf(any: unknown, depth: number): AnyValue {
  if (!isRecord(any) || depth > MAX_VALUE_DEPTH) return null;
  const { stringValue, intValue, boolValue, doubleValue, arrayValue, kvlistValue, bytesValue } =
    any;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof bytesValue === 'string') return bytesValue;
  if (typeof boolValue === 'boolean') return boolValue;
  if (intValue !== undefined) return wholeNumber(textOf(intValue));
  if (doubleValue !== undefined) return doubleOf(textOf(doubleValue));
  if (isRecord(arrayValue) && Array.isArray(arrayValue['values'])) {
    return arrayValue['values'].map((each: unknown) => valueOf(each, depth + 1));
  }
  if (isRecord(kvlistValue) && Array.isArray(kvlistValue['values'])) {
    const pairs = kvlistValue['values'].filter(isRecord).map((pair) => {
      const key = typeof pair['key'] === 'string' ? pair['key'] : '';
      return [key, valueOf(pair['value'], depth + 1)] as const;
    });
    return { pairs };
  }
  return null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function wholeNumber(text: string | null): number | bigint | null {
  if (text === null || !/^-?\d{1,19}$/u.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function doubleOf(text: string | null): number | null {
  if (text === null || text === '') return null;
  const value = Number(text);
  return Number.isNaN(value) && text !== 'NaN' ? null : value;
}

/** Reads an id of hexadecimal digits; an empty one, or null, is missing. */
export function readJsonId(reader: JsonReader, into: OtlpId): void {
  const isNull = reader.peek() === 'null';
  if (reader.readHex(into.words)) into.set();
  else into.state = isNull || reader.textLength === 0 ? ID_STATE.missing : ID_STATE.malformed;
}

/** Reads a time in nanoseconds since 1970, as a number or as text; NaN for 0 and for what is none. */
export function readJsonTime(reader: JsonReader, clock: OtlpClock): number {
  return reader.readNanoseconds() ? clock.fromSeconds(reader.seconds, reader.nanos) : Number.NaN;
}

/** Reads a count that is no negative number; 0 for what is none. */
export function readJsonCount(reader: JsonReader): number {
  const value = reader.readNumber();
  return value > 0 && Number.isFinite(value) ? Math.floor(value) : 0;
}

/** Reads an enum: a number as OTLP wants it, or one of its names as some writers have it. 0 for all else. */
export function readJsonEnum(reader: JsonReader, names: readonly string[]): number {
  const text = reader.readStringOrNumber();
  if (text === null) return 0;
  if (/^\d{1,3}$/u.test(text)) return Number(text);
  return Math.max(0, names.indexOf(text));
}
