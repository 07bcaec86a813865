import type { RowRun } from './rowRun.ts';

/** Where the hits of a search are in the rows that are drawn. What was found out of a row is kept as long as the row is. */
export class FoundSpans {
  readonly #bits: Uint8Array;
  readonly #places = new WeakMap<RowRun, Uint32Array>();

  /** @param found places of spans in the run, rising */
  constructor(found: Uint32Array) {
    this.#bits = new Uint8Array(((found.at(-1) ?? 0) >> 3) + 1);
    for (const span of found) {
      const byte = span >> 3;
      this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (span & 7));
    }
    if (found.length === 0) this.#bits[0] = 0;
  }

  has(span: number): boolean {
    return ((this.#bits[span >> 3] ?? 0) & (1 << (span & 7))) !== 0;
  }

  /** Places in the columns of a run, rising. */
  placesIn(run: RowRun): Uint32Array {
    let places = this.#places.get(run);
    if (places === undefined) {
      const { span } = run.columns;
      const there: number[] = [];
      for (let i = run.from; i < run.to; i += 1) if (this.has(span[i] as number)) there.push(i);
      this.#places.set(run, (places = Uint32Array.from(there)));
    }
    return places;
  }
}
