/** The place at which the parts of a series before and after it differ most. */
export interface SplitCandidate {
  /** First value of the part behind. */
  readonly index: number;
  /** Matteson and James' divergence, scaled: the greater, the more the parts differ. */
  readonly divergence: number;
}

/**
 * Energy distances between stretches of a series (Matteson and James 2014, α = 1), from sums that are made once.
 * Takes room and time quadratic in the length: meant for windows.
 */
export class EnergyDistance {
  readonly #size: number;
  /** At (i, j): the sum of |x − y| over all pairs of the first i with the first j values. */
  readonly #sums: Float64Array;

  constructor(values: readonly number[]) {
    const size = values.length + 1;
    this.#size = size;
    this.#sums = new Float64Array(size * size);
    for (let i = 1; i < size; i += 1) {
      let row = 0;
      for (let j = 1; j < size; j += 1) {
        row += Math.abs((values[i - 1] ?? 0) - (values[j - 1] ?? 0));
        this.#sums[i * size + j] = (this.#sums[(i - 1) * size + j] ?? 0) + row;
      }
    }
  }

  /** The best place to cut `[start, end)`, the part behind ending anywhere up to `end`; null below two values. */
  bestSplit(start: number, end: number): SplitCandidate | null {
    let best: SplitCandidate | null = null;
    for (let cut = start + 1; cut < end; cut += 1) {
      const before = this.#between(start, cut, start, cut) / 2;
      for (let stop = cut + 1; stop <= end; stop += 1) {
        const behind = this.#between(cut, stop, cut, stop) / 2;
        const across = this.#between(start, cut, cut, stop);
        const divergence = scaled(across, before, behind, cut - start, stop - cut);
        if (best === null || divergence > best.divergence) best = { index: cut, divergence };
      }
    }
    return best;
  }

  /** Sum of the distances between two stretches. */
  #between(fromA: number, toA: number, fromB: number, toB: number): number {
    const at = (i: number, j: number): number => this.#sums[i * this.#size + j] ?? 0;
    return at(toA, toB) - at(fromA, toB) - at(toA, fromB) + at(fromA, fromB);
  }
}

function scaled(across: number, before: number, behind: number, n: number, m: number): number {
  const inBefore = n > 1 ? (m * before) / (n - 1) : 0;
  const inBehind = m > 1 ? (n * behind) / (m - 1) : 0;
  return (2 * (across - inBefore - inBehind)) / (n + m);
}
