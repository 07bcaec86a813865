import { QUOTE } from './jsonBytes.ts';

/** `nextKey` gives it for a key that is not in the set: its value is to be skipped. */
export const UNKNOWN_KEY = -1;

/** `nextKey` gives it where the object ends. */
export const END_OF_OBJECT = -2;

const SLOTS = 256;

function slotOf(length: number, first: number, last: number): number {
  return (length * 31 + first * 7 + last * 13) & (SLOTS - 1);
}

/** The keys of an object that a reader knows, found by their bytes without making a string. ASCII only. */
export class KeySet {
  readonly names: readonly string[];
  /** By slot: indexes of the names there. */
  readonly #slots: (readonly number[] | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
  readonly #bytes: readonly Buffer[];
  /** By position: the key that last came behind it. Objects of one kind mostly have their keys in one order. */
  readonly #next: Int32Array;
  #last = 0;

  /** Each key is known by its position in `names`. */
  constructor(names: readonly string[]) {
    this.names = names;
    this.#bytes = names.map((name) => Buffer.from(name));
    this.#next = new Int32Array(names.length).fill(0);
    this.#bytes.forEach((name, index) => {
      const slot = slotOf(name.length, name[0] ?? 0, name.at(-1) ?? 0);
      this.#slots[slot] = [...(this.#slots[slot] ?? []), index];
    });
  }

  /**
   * Position of the key whose bytes, and a quote, begin at `from`, where it is the one that is expected next by what
   * came before; else UNKNOWN_KEY, and `find` has to be asked.
   */
  expected(bytes: Uint8Array, from: number): number {
    const index = this.#next[this.#last] ?? 0;
    const name = this.#bytes[index];
    if (name === undefined) return UNKNOWN_KEY;
    const { length } = name;
    let i = 0;
    while (i < length && name[i] === bytes[from + i]) i += 1;
    if (i < length || bytes[from + length] !== QUOTE) return UNKNOWN_KEY;
    this.#last = index;
    return index;
  }

  /** Bytes of a key. */
  lengthOf(index: number): number {
    return this.#bytes[index]?.length ?? 0;
  }

  /** Position of the key in `bytes` from `from` to before `to`, or UNKNOWN_KEY. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    const slot = this.#slots[slotOf(length, bytes[from] ?? 0, bytes[to - 1] ?? 0)];
    if (slot === undefined || length === 0) return UNKNOWN_KEY;
    for (const index of slot) {
      const name = this.#bytes[index];
      if (name?.length !== length) continue;
      let i = 0;
      while (i < length && name[i] === bytes[from + i]) i += 1;
      if (i === length) {
        this.#next[this.#last] = index;
        this.#last = index;
        return index;
      }
    }
    return UNKNOWN_KEY;
  }
}
