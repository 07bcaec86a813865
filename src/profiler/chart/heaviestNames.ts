/** Names that a cell keeps apart. */
const KEPT = 4;

/**
 * The name with the most time of each cell, in memory that does not depend on the number of names: each cell keeps four, and
 * a fifth takes the place of the least and its time with it (“space saving”: Metwally, Agrawal, El Abbadi 2005). So the
 * answer is exact where a cell holds at most four names, and a name with more than a quarter of the time is never lost.
 */
export class HeaviestNames {
  /** 1 + name; 0 for a place that is free. */
  readonly #names: Uint32Array;
  readonly #time: Float64Array;

  constructor(cells: number) {
    this.#names = new Uint32Array(cells * KEPT);
    this.#time = new Float64Array(cells * KEPT);
  }

  add(cell: number, name: number, time: number): void {
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

  /** 0 for a cell without any. */
  nameOf(cell: number): number {
    let most = cell * KEPT;
    for (let at = most; at < (cell + 1) * KEPT; at += 1) {
      if ((this.#time[at] ?? 0) > (this.#time[most] ?? 0)) most = at;
    }
    return Math.max(0, (this.#names[most] ?? 0) - 1);
  }
}
