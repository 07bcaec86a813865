import type { StringId } from './units.ts';

/**
 * Interns strings: each distinct one is kept once and known by a number. Id 0 is the empty string. Lone surrogates
 * become U+FFFD, so that every string of a run can be written as UTF-8.
 */
export class StringTable {
  readonly #ids = new Map<string, StringId>([['', 0]]);
  readonly #strings: string[] = [''];

  /** The id of a string, a new one where it was not known. */
  intern(text: string): StringId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const wellFormed = text.toWellFormed();
    if (wellFormed !== text) return this.intern(wellFormed);
    const id = this.#strings.length;
    this.#strings.push(text);
    this.#ids.set(text, id);
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
