const SLOTS = 1 << 15;

/** Longer strings are rarely met twice, and are decoded by a native function anyway. */
const MAX_LENGTH = 256;

/**
 * Turns ASCII bytes into strings, giving the same string object for bytes that it has lately seen: names and keys of a
 * trace repeat a million times. Each slot holds the newest string only, so it never grows.
 */
export class ByteStrings {
  readonly #strings: string[] = new Array<string>(SLOTS).fill('');
  readonly #hashes = new Int32Array(SLOTS);

  /** @param hash of the bytes: any function of them, the same for each call. */
  get(bytes: Buffer, from: number, to: number, hash: number): string {
    const length = to - from;
    if (length === 0) return '';
    if (length > MAX_LENGTH) return bytes.toString('latin1', from, to);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#strings[slot] ?? '';
    if (this.#hashes[slot] === hash && known.length === length) {
      let i = 0;
      while (i < length && known.charCodeAt(i) === bytes[from + i]) i += 1;
      if (i === length) return known;
    }
    const text = bytes.toString('latin1', from, to);
    this.#strings[slot] = text;
    this.#hashes[slot] = hash;
    return text;
  }
}
