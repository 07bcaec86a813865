import { type Buckets, firstBucket, lastBucket } from './buckets.ts';

/** Names that a cell keeps apart. */
const KEPT = 4;

/**
 * The name with the most time of each cell, in memory that does not depend on the number of names: each cell keeps four, and
 * a fifth takes the place of the least and its time with it (“space saving”: Metwally, Agrawal, El Abbadi 2005). So the
 * answer is exact where a cell holds at most four names, and a name with more than a quarter of the time is never lost.
 */
export class HeaviestNames {
  readonly #cells: Buckets;
  /** 1 + name; 0 for a place that is free. */
  readonly #names: Uint32Array;
  readonly #time: Float64Array;

  constructor(cells: Buckets) {
    this.#cells = cells;
    this.#names = new Uint32Array(cells.count * KEPT);
    this.#time = new Float64Array(cells.count * KEPT);
  }

  /** Gives a name the stretch of the axis; one without length is there, too. */
  paint(name: number, from: number, to: number): void {
    const { perUnit } = this.#cells;
    const first = firstBucket(this.#cells, from);
    const last = lastBucket(this.#cells, first, to);
    if (first === last) {
      this.#add(first, name, (to - from) * perUnit);
      return;
    }
    for (let cell = first; cell <= last; cell += 1) {
      this.#add(cell, name, Math.min(to * perUnit, cell + 1) - Math.max(from * perUnit, cell));
    }
  }

  /** 0 for a cell without any. */
  nameOf(cell: number): number {
    let most = cell * KEPT;
    for (let at = most; at < (cell + 1) * KEPT; at += 1) {
      if ((this.#time[at] ?? 0) > (this.#time[most] ?? 0)) most = at;
    }
    return Math.max(0, (this.#names[most] ?? 0) - 1);
  }

  #add(cell: number, name: number, share: number): void {
    const time = Math.max(share, Number.MIN_VALUE);
    let least = cell * KEPT;
    for (let at = least; at < (cell + 1) * KEPT; at += 1) {
      const held = this.#names[at];
      if (held === name + 1 || held === 0) {
        this.#names[at] = name + 1;
        this.#time[at] = (this.#time[at] ?? 0) + time;
        return;
      }
      if ((this.#time[at] ?? 0) < (this.#time[least] ?? 0)) least = at;
    }
    this.#names[least] = name + 1;
    this.#time[least] = (this.#time[least] ?? 0) + time;
  }
}
