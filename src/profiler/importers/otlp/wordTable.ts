const INITIAL_SLOTS = 1 << 10;

/**
 * Numbers keys of a few 32-bit words in the order in which they are first seen: a hash table without an object for each
 * entry, for millions of them.
 */
export class WordTable {
  readonly #width: number;
  #slots = new Int32Array(INITIAL_SLOTS).fill(-1);
  #keys: Uint32Array;
  #count = 0;

  /** @param width words of a key. */
  constructor(width: number) {
    this.#width = width;
    this.#keys = new Uint32Array((INITIAL_SLOTS / 2) * width);
  }

  get size(): number {
    return this.#count;
  }

  /** The number of a key, which is added where it was not known. */
  add(key: Uint32Array): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(key, 0) & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? -1;
      if (entry < 0) break;
      if (this.#equals(entry, key)) return entry;
      slot = (slot + 1) & mask;
    }
    const entry = this.#count;
    this.#slots[slot] = entry;
    this.#keys.set(key, entry * this.#width);
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length - 2) this.#grow();
    return entry;
  }

  #equals(entry: number, key: Uint32Array): boolean {
    const from = entry * this.#width;
    for (let i = 0; i < this.#width; i += 1) if (this.#keys[from + i] !== key[i]) return false;
    return true;
  }

  /** Mixes all bits of all words (the finaliser of MurmurHash3): ids need not be random. */
  #hash(words: Uint32Array, from: number): number {
    let hash = 0;
    for (let i = from; i < from + this.#width; i += 1) {
      hash = Math.imul(hash ^ (words[i] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 13;
      hash = Math.imul(hash, 0xc2b2ae35);
      hash ^= hash >>> 16;
    }
    return hash;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.#count; entry += 1) {
      let slot = this.#hash(this.#keys, entry * this.#width) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    const keys = new Uint32Array((slots.length / 2) * this.#width);
    keys.set(this.#keys);
    this.#slots = slots;
    this.#keys = keys;
  }
}
