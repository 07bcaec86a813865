import type { StringId } from './units.ts';

/** A Map of V8 holds 2^24 entries and no more. */
const MAX_KNOWN = 16_000_000;

/**
 * Interns strings: each distinct one is kept once and known by a number. Id 0 is the empty string. Lone surrogates
 * become U+FFFD, so that every string of a run can be written as UTF-8.
 *
 * Beyond 16 million distinct ones (ids as attributes of a huge trace), new strings are kept without being known: each
 * time with a number of its own. Nothing is lost, it only takes more room.
 */
export class StringTable {
  readonly #ids = new Map<string, StringId>([['', 0]]);
  readonly #strings: string[] = [''];
  readonly #maxKnown: number;

  /** @param maxKnown distinct strings that are kept once. */
  constructor(maxKnown = MAX_KNOWN) {
    this.#maxKnown = maxKnown;
  }

  /** The id of a string, a new one where it was not known. */
  intern(text: string): StringId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const wellFormed = text.toWellFormed();
    if (wellFormed !== text) return this.intern(wellFormed);
    const id = this.#strings.length;
    this.#strings.push(text);
    if (this.#ids.size < this.#maxKnown) this.#ids.set(text, id);
    return id;
  }

  /** All strings so far, by id; a copy. */
  toArray(): string[] {
    return this.#strings.slice();
  }

  get size(): number {
    return this.#strings.length;
  }
}
