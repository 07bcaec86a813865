type NumericColumn = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** A typed array that grows by doubling, for columns whose length is not known. */
export class GrowingColumn<T extends NumericColumn> {
  readonly #create: (length: number) => T;
  #data: T;
  #length = 0;

  /** `create` makes an empty typed array of the wanted length and type. */
  constructor(create: (length: number) => T) {
    this.#create = create;
    this.#data = create(64);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const grown = this.#create(this.#length * 2);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.#length] = value;
    this.#length += 1;
  }

  get(index: number): number {
    return this.#data[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  /** Forgets everything from an index on. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** The filled part itself; the column is empty afterwards. */
  take(): T {
    const taken = this.view();
    this.#data = this.#create(64);
    this.#length = 0;
    return taken;
  }

  /** A view of the filled part, valid until the next push. */
  view(): T {
    return this.#data.subarray(0, this.#length) as T;
  }
}
