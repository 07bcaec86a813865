import { NO_SPAN, type SpanIndex } from './units.ts';

/** Spreads the bits of an id; ids of some clients count up. The multipliers are those of MurmurHash3 (Appleby). */
function hashOf(high: number, low: number): number {
  let hash = Math.imul(high ^ (low >>> 15), 0x85ebca6b) ^ low;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Finds spans by their ids of 64 bits, kept as two halves: open addressing with linear probing, at most half full. */
export class IdTable {
  readonly #slots: Int32Array;
  #high: Uint32Array = new Uint32Array();
  #low: Uint32Array = new Uint32Array();

  constructor(count: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(1, count) * 2))).fill(NO_SPAN);
  }

  /**
   * Takes all ids in; 0 is none. Of an id that several spans have the first keeps it.
   *
   * @returns how many ids are not the first of their kind.
   */
  fill(high: Uint32Array, low: Uint32Array): number {
    this.#high = high;
    this.#low = low;
    let duplicates = 0;
    for (let i = 0; i < high.length; i += 1) {
      const idHigh = high[i] ?? 0;
      const idLow = low[i] ?? 0;
      if (idHigh === 0 && idLow === 0) continue;
      const slot = this.#slotOf(idHigh, idLow);
      if (this.#slots[slot] === NO_SPAN) this.#slots[slot] = i;
      else duplicates += 1;
    }
    return duplicates;
  }

  /** The first span that has an id, or -1. */
  find(high: number, low: number): SpanIndex {
    return this.#slots[this.#slotOf(high, low)] ?? NO_SPAN;
  }

  /** Where an id is, or would be. */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(high, low) & mask; ; slot = (slot + 1) & mask) {
      const span = this.#slots[slot] ?? NO_SPAN;
      if (span === NO_SPAN || (this.#high[span] === high && this.#low[span] === low)) return slot;
    }
  }
}
