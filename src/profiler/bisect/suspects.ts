/** The commits between good and bad, and which of them contains which. */
export interface SuspectGraph {
  /** Parents before children; the last one is the bad commit itself. */
  readonly count: number;
  /** Whether commit `tested` contains the change that commit `suspect` made. */
  readonly contains: (tested: number, suspect: number) => boolean;
}

/**
 * How likely each commit is to be the one that made the difference, by what was seen so far (Bayes). A commit cannot be
 * told from others where the commits in between cannot be run.
 */
export class Suspects {
  readonly #graph: SuspectGraph;
  #belief: Float64Array;
  readonly #skipped = new Set<number>();

  constructor(graph: SuspectGraph) {
    this.#graph = graph;
    this.#belief = new Float64Array(graph.count).fill(1 / graph.count);
  }

  get belief(): Float64Array {
    return this.#belief.slice();
  }

  /** How likely a commit is on the bad side. */
  badShare(tested: number): number {
    let share = 0;
    for (let suspect = 0; suspect < this.#graph.count; suspect += 1) {
      if (this.#graph.contains(tested, suspect)) share += this.#belief[suspect] ?? 0;
    }
    return Math.min(1, share);
  }

  /** Takes in what a run of a commit says: how likely it is on either side. */
  observe(tested: number, likelihood: { readonly good: number; readonly bad: number }): void {
    const next = this.#belief.map(
      (share, suspect) =>
        share * (this.#graph.contains(tested, suspect) ? likelihood.bad : likelihood.good),
    );
    const sum = next.reduce((total, share) => total + share, 0);
    if (sum > 0) this.#belief = next.map((share) => share / sum);
  }

  /** A commit that cannot be run. */
  skip(tested: number): void {
    this.#skipped.add(tested);
  }

  /** The commit that halves the suspicion best; null where none that can be run divides it at all. */
  next(): number | null {
    let best: number | null = null;
    let bestDistance = 0.5 - 1e-6;
    for (let tested = 0; tested < this.#graph.count - 1; tested += 1) {
      if (this.#skipped.has(tested)) continue;
      const distance = Math.abs(this.badShare(tested) - 0.5);
      if (distance < bestDistance) {
        best = tested;
        bestDistance = distance;
      }
    }
    return best;
  }

  /**
   * The fewest commits that hold at least the share of the suspicion: the likeliest, and those that cannot be told from
   * it as what lies between cannot be run.
   */
  likeliest(share: number): number[] | null {
    const groups = new Map<string, number[]>();
    for (let suspect = 0; suspect < this.#graph.count; suspect += 1) {
      const key = this.#signature(suspect);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [suspect]);
      else known.push(suspect);
    }
    for (const group of groups.values()) {
      const held = group.reduce((sum, suspect) => sum + (this.#belief[suspect] ?? 0), 0);
      if (held >= share) return group;
    }
    return null;
  }

  /** The commit nearest to suspects that can be run and contains none of them; null where that is the good one. */
  lastBefore(suspects: readonly number[]): number | null {
    for (let tested = Math.max(...suspects) - 1; tested >= 0; tested -= 1) {
      if (this.#skipped.has(tested)) continue;
      if (suspects.every((suspect) => !this.#graph.contains(tested, suspect))) return tested;
    }
    return null;
  }

  /** The commits that hold the share of the suspicion together, likeliest first: what is left where time ran out. */
  remaining(share: number): number[] {
    const order = Array.from(this.#belief.keys()).sort(
      (x, y) => (this.#belief[y] ?? 0) - (this.#belief[x] ?? 0),
    );
    let held = 0;
    const chosen = order.findIndex((suspect) => (held += this.#belief[suspect] ?? 0) >= share);
    return chosen < 0 ? order : order.slice(0, chosen + 1);
  }

  /** By which commits that can be run a suspect shows: equal for those that cannot be told apart. */
  #signature(suspect: number): string {
    if (this.#skipped.size === 0) return String(suspect);
    const shows: number[] = [];
    for (let tested = 0; tested < this.#graph.count; tested += 1) {
      if (!this.#skipped.has(tested) && this.#graph.contains(tested, suspect)) shows.push(tested);
    }
    return shows.join();
  }
}

/** A history in which every commit has one parent. */
export function linearGraph(count: number): SuspectGraph {
  return { count, contains: (tested, suspect) => suspect <= tested };
}
