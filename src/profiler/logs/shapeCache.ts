/** Slots of the table; a power of two. */
const CAPACITY = 1 << 17;
const MAX_ENTRIES = CAPACITY / 2;

/** Looks up what is known of a shape by its two hashes. Bounded: when it is full it forgets everything and learns anew. */
export class ShapeCache<T> {
  readonly #hash1 = new Int32Array(CAPACITY);
  readonly #hash2 = new Int32Array(CAPACITY);
  /** 1 + index in `#values`. */
  readonly #index = new Int32Array(CAPACITY);
  #values: T[] = [];

  get(hash1: number, hash2: number): T | undefined {
    for (let at = hash1 & (CAPACITY - 1); ; at = (at + 1) & (CAPACITY - 1)) {
      const index = this.#index[at] ?? 0;
      if (index === 0) return undefined;
      if (this.#hash1[at] === hash1 && this.#hash2[at] === hash2) return this.#values[index - 1];
    }
  }

  /** Adds what `get` did not find. */
  add(hash1: number, hash2: number, value: T): void {
    if (this.#values.length >= MAX_ENTRIES) {
      this.#index.fill(0);
      this.#values = [];
    }
    let at = hash1 & (CAPACITY - 1);
    while (this.#index[at] !== 0) at = (at + 1) & (CAPACITY - 1);
    this.#hash1[at] = hash1;
    this.#hash2[at] = hash2;
    this.#index[at] = this.#values.push(value);
  }
}
