import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  RECORD_SEPARATOR,
} from './jsonBytes.ts';
import { ByteStrings } from './byteStrings.ts';
import { parseDecimal, parseDigits, parseHex, pointIn } from './decimalText.ts';
import { JsonError } from './jsonError.ts';
import { JsonTokens } from './jsonTokens.ts';
import { END_OF_OBJECT, type KeySet, UNKNOWN_KEY } from './keySet.ts';

const INTEGER = /^-?\d+$/u;

/** Longer integers are nobody's counts. */
const MAX_INTEGER_LENGTH = 40;

const NOT_IN_JSON: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** Of all readers: bodies that are received are small, and have the same names again and again. */
const STRINGS = new ByteStrings();

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'end';

function kindOf(byte: number): JsonKind | null {
  if (byte === QUOTE) return 'string';
  if (byte === OPEN_OBJECT) return 'object';
  if (byte === OPEN_ARRAY) return 'array';
  if (byte === 0x74 || byte === 0x66) return 'boolean';
  // `null`, and `NaN` of writers that know no better.
  if (byte === 0x6e) return 'null';
  if (byte === MINUS || (byte >= 0x30 && byte <= 0x39) || byte === 0x4e || byte === 0x49) {
    return 'number';
  }
  return null;
}

/**
 * Reads JSON token by token from the bytes in memory: the caller says what it expects, and no object is made.
 *
 * Each `read…` consumes one whole value; a value of another type is skipped and gives null or NaN. Commas are taken
 * where they stand: missing and trailing ones do no harm. Nothing here recurses, so nesting of any depth is skipped.
 * Throws JsonError for what is no JSON, and UNDERFLOW where the value goes on outside of memory (JsonStream handles it).
 */
export class JsonReader extends JsonTokens {
  /** Whole seconds that the last `readNanoseconds` read. */
  seconds = 0;
  /** And the nanoseconds beyond them, below 1e9. */
  nanos = 0;

  /** What the next value is; `end` at the end of the input. Consumes white space only. */
  peek(): JsonKind {
    const byte = this.nonSpace();
    if (byte === 0 && this.at >= this.end) return 'end';
    const kind = kindOf(byte);
    if (kind === null) throw this.unexpected();
    return kind;
  }

  /** Enters an object; false, and nothing consumed, where there is none. */
  enterObject(): boolean {
    if (this.nonSpace() !== OPEN_OBJECT) return this.outside();
    this.at += 1;
    return true;
  }

  /** Reads the next key of the object and its colon: its position in `keys`, UNKNOWN_KEY or END_OF_OBJECT. */
  nextKey(keys: KeySet): number {
    let byte = this.nonSpace();
    while (byte === COMMA) {
      this.at += 1;
      byte = this.nonSpace();
    }
    if (byte === CLOSE_OBJECT) {
      this.at += 1;
      return END_OF_OBJECT;
    }
    if (byte !== QUOTE) throw this.unexpected();
    const expected = keys.expected(this.bytes, this.at + 1);
    if (expected >= 0) return this.#expectedKey(expected, keys);
    this.scanString();
    if (this.bytes[this.at] !== COLON && this.nonSpace() !== COLON) throw this.unexpected();
    this.at += 1;
    if (!this.escaped) return keys.find(this.bytes, this.textFrom, this.textTo);
    const index = keys.names.indexOf(this.#text());
    return index < 0 ? UNKNOWN_KEY : index;
  }

  #expectedKey(index: number, keys: KeySet): number {
    this.textFrom = this.at + 1;
    this.textTo = this.textFrom + keys.lengthOf(index);
    this.escaped = false;
    this.wide = false;
    this.at = this.textTo + 1;
    if (this.bytes[this.at] !== COLON && this.nonSpace() !== COLON) throw this.unexpected();
    this.at += 1;
    return index;
  }

  /** The key that `nextKey` read last, for keys that are no part of a set. Valid until the next call. */
  key(): string {
    return this.#text();
  }

  /** Enters an array; false, and nothing consumed, where there is none. */
  enterArray(): boolean {
    if (this.nonSpace() !== OPEN_ARRAY) return this.outside();
    this.at += 1;
    return true;
  }

  /** Whether the array goes on with another element; its end is consumed. */
  nextElement(): boolean {
    let byte = this.nonSpace();
    while (byte === COMMA) {
      this.at += 1;
      byte = this.nonSpace();
    }
    if (byte === 0 && this.at >= this.end) this.underflow();
    if (byte !== CLOSE_ARRAY) return true;
    this.at += 1;
    return false;
  }

  /** Whether another top-level value follows: several may, on lines of their own or with commas between them. */
  nextDocument(): boolean {
    for (;;) {
      const byte = this.nonSpace();
      if (byte === 0 && this.at >= this.end) {
        if (this.closed) return false;
        this.underflow();
      }
      if (byte !== COMMA && byte !== RECORD_SEPARATOR) return true;
      this.at += 1;
    }
  }

  /** A string; null for another value. Strings that repeat are the same object. */
  readString(): string | null {
    if (this.nonSpace() !== QUOTE) {
      this.skip();
      return null;
    }
    this.scanString();
    return this.#text();
  }

  /** A string, or a number as it is written: ids come as either. Null for another value. */
  readStringOrNumber(): string | null {
    const kind = this.peek();
    if (kind !== 'number') return this.readString();
    this.scanScalar();
    return this.#text();
  }

  /** A number, or a string that spells one; NaN for another value. */
  readNumber(): number {
    return this.scanNumber() ? parseDecimal(this.bytes, this.textFrom, this.textTo) : Number.NaN;
  }

  /** A whole number, or a string that spells one; beyond 2^53 as a big integer. Null for another value. */
  readInteger(): number | bigint | null {
    if (!this.scanNumber()) return null;
    const value = parseDecimal(this.bytes, this.textFrom, this.textTo);
    if (Number.isSafeInteger(value)) return value;
    if (!Number.isInteger(value) || this.textTo - this.textFrom > MAX_INTEGER_LENGTH) return null;
    const text = this.#text();
    return INTEGER.test(text) ? BigInt(text) : null;
  }

  /** A number, or a string that spells one, `NaN` and `Infinity` among them. Null for another value. */
  readDouble(): number | null {
    if (!this.scanNumber()) return null;
    const value = parseDecimal(this.bytes, this.textFrom, this.textTo);
    if (!Number.isNaN(value)) return value;
    const text = this.#text();
    return NOT_IN_JSON.get(text) ?? null;
  }

  /**
   * Nanoseconds, as a number or a string of digits, into `seconds` and `nanos`: doubles do not hold those of our days.
   * False for another value, and for what is negative or has more than 24 digits.
   */
  readNanoseconds(): boolean {
    if (!this.scanNumber()) return false;
    const split = this.textTo - 9;
    if (split <= this.textFrom) {
      this.seconds = 0;
      this.nanos = parseDigits(this.bytes, this.textFrom, this.textTo);
    } else {
      this.seconds = parseDigits(this.bytes, this.textFrom, split);
      this.nanos = parseDigits(this.bytes, split, this.textTo);
    }
    if (this.seconds >= 0 && this.nanos >= 0) return true;
    const value = parseDecimal(this.bytes, this.textFrom, this.textTo);
    if (!(value >= 0 && value < 1e24)) return false;
    this.seconds = Math.floor(value / 1e9);
    this.nanos = Math.max(0, value - this.seconds * 1e9);
    return true;
  }

  /**
   * Microseconds, possibly with a fraction, as a number or a string that spells one, into `seconds` and `nanos`.
   * Seconds are negative before 0, nanoseconds never are. False for another value.
   */
  readMicroseconds(): boolean {
    if (!this.scanNumber()) return false;
    const point = pointIn(this.bytes, this.textFrom, this.textTo);
    const whole = parseDigits(this.bytes, this.textFrom, point);
    const decimals = Math.max(0, this.textTo - point - 1);
    const fraction = decimals === 0 ? 0 : parseDigits(this.bytes, point + 1, this.textTo);
    if (whole >= 0 && fraction >= 0) {
      this.seconds = Math.floor(whole / 1e6);
      this.nanos = (whole % 1e6) * 1e3 + (fraction * 1e3) / 10 ** decimals;
      return true;
    }
    const value = parseDecimal(this.bytes, this.textFrom, this.textTo);
    if (!Number.isFinite(value)) return false;
    this.seconds = Math.floor(value / 1e6);
    this.nanos = Math.max(0, value - this.seconds * 1e6) * 1e3;
    return true;
  }

  /**
   * A string of hexadecimal digits, 8 a word, the first word the highest: false, and `words` undefined, for a value
   * that is none of exactly that length.
   */
  readHex(words: Uint32Array): boolean {
    if (this.nonSpace() !== QUOTE) {
      this.skip();
      return false;
    }
    this.scanString();
    return parseHex(this.bytes, this.textFrom, this.textTo, words);
  }

  /** Bytes between the quotes of the string that was read last. */
  get textLength(): number {
    return this.textTo - this.textFrom;
  }

  /** A boolean; null for another value. */
  readBoolean(): boolean | null {
    const byte = this.nonSpace();
    this.skip();
    return byte === 0x74 ? true : byte === 0x66 ? false : null;
  }

  /** Any value as JSON.parse gives it: for what is small and rare. Throws JsonError where it is none. */
  readAny(): unknown {
    const from = this.#rawFrom();
    const text = this.bytes.toString('utf8', from, this.at);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new JsonError('a value is no JSON', this.offsetOf(from));
    }
  }

  /** Any value as it is written. */
  readRaw(): string {
    const from = this.#rawFrom();
    return this.bytes.toString('utf8', from, this.at);
  }

  #rawFrom(): number {
    this.nonSpace();
    const from = this.at;
    this.skip();
    return from;
  }

  #text(): string {
    if (this.escaped) return this.#unescape();
    if (this.wide) return this.bytes.toString('utf8', this.textFrom, this.textTo);
    return STRINGS.get(this.bytes, this.textFrom, this.textTo, this.textHash);
  }

  #unescape(): string {
    const raw = this.bytes.toString('utf8', this.textFrom - 1, this.textTo + 1);
    try {
      return JSON.parse(raw) as string;
    } catch {
      return raw.slice(1, -1);
    }
  }
}
