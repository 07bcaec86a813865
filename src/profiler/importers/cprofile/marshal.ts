/** Bytes that are no marshalled value, told with where. */
export class MarshalError extends Error {
  override readonly name = 'MarshalError';
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

/** What statistics are made of. A dictionary is a list of its pairs, in their order. */
export type MarshalValue =
  | string
  | number
  | boolean
  | null
  | MarshalTuple
  | { readonly pairs: [MarshalValue, MarshalValue][] };

export type MarshalTuple = readonly MarshalValue[];

/** Set in a type byte: the value can be referred to by number. */
const FLAG_REF = 0x80;

/** Statistics are four levels deep. */
const MAX_DEPTH = 64;

/** Stands for the end of a dictionary. */
const END = Symbol('end');

/**
 * Reads what Python's `marshal.dump` writes (versions 0 to 5), as far as profilers use it: numbers, texts, tuples, lists
 * and dictionaries. No code objects, nothing is run. No size is believed that the bytes cannot hold.
 */
export class MarshalReader {
  readonly #bytes: Buffer;
  readonly #refs: MarshalValue[] = [];
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#at;
  }

  /** Enters a dictionary, whose pairs `nextPair` gives. Throws MarshalError where there is none. */
  enterDictionary(): void {
    const type = this.#byte();
    if ((type & ~FLAG_REF) !== 0x7b) throw new MarshalError('there is no dictionary', 0);
    if ((type & FLAG_REF) !== 0) this.#refs.push(null);
  }

  /** The next pair of the dictionary that was entered; null at its end. Throws MarshalError. */
  nextPair(): [MarshalValue, MarshalValue] | null {
    const key = this.#value(0);
    if (key === END) return null;
    return [key, this.#known(this.#value(0))];
  }

  #known(value: MarshalValue | typeof END): MarshalValue {
    if (value === END) throw new MarshalError('a value is missing', this.#at);
    return value;
  }

  #value(depth: number): MarshalValue | typeof END {
    const from = this.#at;
    if (depth > MAX_DEPTH) throw new MarshalError('values are nested too deep', from);
    const byte = this.#byte();
    const isRef = (byte & FLAG_REF) !== 0;
    const type = String.fromCharCode(byte & ~FLAG_REF);
    if (type === '0') return END;
    if (type === '(' || type === ')' || type === '[') {
      return this.#tuple(type === ')' ? this.#byte() : this.#size(), isRef, depth);
    }
    if (type === '{') return this.#dictionary(isRef, depth);
    const value = this.#scalar(type, from);
    if (isRef) this.#refs.push(value);
    return value;
  }

  #tuple(length: number, isRef: boolean, depth: number): MarshalTuple {
    // Each element has a byte at least.
    if (length > this.#bytes.length - this.#at) throw this.#truncated();
    const values: MarshalValue[] = [];
    if (isRef) this.#refs.push(values);
    for (let i = 0; i < length; i += 1) values.push(this.#known(this.#value(depth + 1)));
    return values;
  }

  #dictionary(isRef: boolean, depth: number): MarshalValue {
    const pairs: [MarshalValue, MarshalValue][] = [];
    if (isRef) this.#refs.push({ pairs });
    for (;;) {
      const key = this.#value(depth + 1);
      if (key === END) return { pairs };
      pairs.push([key, this.#known(this.#value(depth + 1))]);
    }
  }

  #scalar(type: string, from: number): MarshalValue {
    switch (type) {
      case 'N':
      case '.':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'i':
        return this.#take(4).readInt32LE(0);
      case 'I':
        return Number(this.#take(8).readBigInt64LE(0));
      case 'l':
        return this.#long();
      case 'g':
        return this.#take(8).readDoubleLE(0);
      case 'f':
        return Number(this.#take(this.#byte()).toString('latin1'));
      case 's':
      case 't':
      case 'u':
        return this.#take(this.#size()).toString('utf8');
      case 'a':
      case 'A':
        return this.#take(this.#size()).toString('latin1');
      case 'z':
      case 'Z':
        return this.#take(this.#byte()).toString('latin1');
      case 'r': {
        const value = this.#refs[this.#size()];
        if (value === undefined) throw new MarshalError('a reference leads nowhere', from);
        return value;
      }
      default:
        throw new MarshalError('a value has a type that statistics do not hold', from);
    }
  }

  /** An integer of many digits of 15 bits, as near as a double comes. */
  #long(): number {
    const size = this.#take(4).readInt32LE(0);
    const digits = this.#take(Math.abs(size) * 2);
    let value = 0;
    for (let i = Math.abs(size) - 1; i >= 0; i -= 1)
      value = value * 32768 + digits.readUInt16LE(i * 2);
    return size < 0 ? -value : value;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.#truncated();
    this.#at += 1;
    return byte;
  }

  #size(): number {
    return this.#take(4).readUInt32LE(0);
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw this.#truncated();
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #truncated(): MarshalError {
    return new MarshalError('the file ends before the value does', this.#at);
  }
}
