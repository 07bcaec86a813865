import { ByteStrings } from '../json/byteStrings.ts';

/** Protobuf that is none. `offset` is a position in the cursor's bytes. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
  readonly position: number;

  constructor(reason: string, position: number) {
    super(reason);
    this.position = position;
  }
}

/** Wire types of protobuf; 3 and 4 (groups) are not used by OTLP. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const TWO_32 = 4294967296;

/** Of all cursors: bodies that are received are small, and have the same names again and again. */
const STRINGS = new ByteStrings();

/** Reads the fields of protobuf messages that lie whole in memory. Never reads behind `end`. */
export class ProtobufCursor {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  end = 0;
  /** Of the last 64-bit value. */
  high = 0;
  low = 0;
  /** Of the last tag. */
  field = 0;
  wire = 0;

  /** Points the cursor at a message. */
  open(bytes: Buffer, from: number, to: number): void {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Reads the next tag into `field` and `wire`; false at the end of the message. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const byte = this.bytes[this.at] ?? 0;
    let tag = byte;
    if (byte < 0x80) this.at += 1;
    else tag = this.uint();
    this.wire = tag & 7;
    this.field = Math.floor(tag / 8);
    if (this.field === 0) throw new ProtobufError('a field has the number 0', this.at);
    return true;
  }

  /** A varint as an unsigned double; exact up to 2^53. `high` and `low` hold all of its 64 bits. */
  uint(): number {
    const { bytes, end } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= end) throw new ProtobufError('a number is cut off', this.at);
      const byte = bytes[this.at] ?? 0;
      this.at += 1;
      const part = byte & 0x7f;
      if (shift < 28) low |= part << shift;
      else if (shift === 28) {
        low |= part << 28;
        high |= part >>> 4;
      } else if (shift < 63) high |= part << (shift - 32);
      else high |= (part & 1) << 31;
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return this.high * TWO_32 + this.low;
      }
    }
    throw new ProtobufError('a number has more than ten bytes', this.at);
  }

  /** An int64 varint: a number, or a bigint where a double cannot hold it. */
  int(): number | bigint {
    this.uint();
    return this.#signed();
  }

  /** A fixed64 into `high` and `low`. */
  fixed64(): void {
    const { at } = this;
    this.#take(8);
    this.low = this.bytes.readUInt32LE(at);
    this.high = this.bytes.readUInt32LE(at + 4);
  }

  /** A fixed64 as a signed integer. */
  sfixed64(): number | bigint {
    this.fixed64();
    return this.#signed();
  }

  double(): number {
    const { at } = this;
    this.#take(8);
    return this.bytes.readDoubleLE(at);
  }

  fixed32(): number {
    const { at } = this;
    this.#take(4);
    return this.bytes.readUInt32LE(at);
  }

  /** Length of a bytes field; `at` stands at its first byte afterwards, and the field ends within the message. */
  length(): number {
    const length = this.uint();
    if (length > this.end - this.at) {
      throw new ProtobufError(`a field of ${length} bytes goes beyond its message`, this.at);
    }
    return length;
  }

  /** A string; invalid UTF-8 becomes U+FFFD. Short ones that repeat are the same object. */
  string(): string {
    const { bytes } = this;
    const length = this.length();
    const start = this.at;
    const to = start + length;
    this.at = to;
    if (length > 256) return bytes.toString('utf8', start, to);
    let hash = length;
    let wide = 0;
    for (let i = start; i < to; i += 1) {
      const byte = bytes[i] ?? 0;
      hash = (Math.imul(hash, 31) + byte) | 0;
      wide |= byte;
    }
    if (wide >= 0x80) return bytes.toString('utf8', start, to);
    return STRINGS.get(bytes, start, to, hash);
  }

  /** An id of `words.length` words; false, and the bytes skipped, where it has another length. */
  id(words: Uint32Array): boolean {
    const length = this.length();
    const start = this.at;
    this.at = start + length;
    if (length !== words.length * 4) return false;
    for (let word = 0; word < words.length; word += 1) {
      words[word] = this.bytes.readUInt32BE(start + word * 4);
    }
    return true;
  }

  /** Skips the value of the last tag. */
  skip(): void {
    if (this.wire === WIRE.varint) this.uint();
    else if (this.wire === WIRE.fixed64) this.#take(8);
    else if (this.wire === WIRE.fixed32) this.#take(4);
    else if (this.wire === WIRE.bytes) {
      const length = this.length();
      this.at += length;
    } else throw new ProtobufError(`a field has the wire type ${this.wire}`, this.at);
  }

  #signed(): number | bigint {
    const high = this.high | 0;
    const value = high * TWO_32 + this.low;
    if (Number.isSafeInteger(value)) return value;
    return BigInt.asIntN(64, (BigInt(this.high) << 32n) | BigInt(this.low));
  }

  #take(count: number): void {
    if (count > this.end - this.at) throw new ProtobufError('a field is cut off', this.at);
    this.at += count;
  }
}
