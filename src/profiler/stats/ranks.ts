/** The pooled ranks of two samples. */
export interface PooledRanks {
  /** Twice the midrank of each value of the second sample summed: a whole number, ties or not. */
  readonly doubledRankSum: number;
  /** Sizes of the groups of equal values in rising order of the values; all 1 without ties. */
  readonly groups: readonly number[];
  readonly tied: boolean;
}

/** Ranks two samples together; equal values share the mean of their ranks. */
export function pooledRanks(a: readonly number[], b: readonly number[]): PooledRanks {
  const all = [...a.map((value) => [value, 0] as const), ...b.map((value) => [value, 1] as const)];
  all.sort(([x], [y]) => x - y);
  const groups: number[] = [];
  let doubledRankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from + 1;
    while (to < all.length && all[to]?.[0] === all[from]?.[0]) to += 1;
    let fromSecond = 0;
    for (let i = from; i < to; i += 1) fromSecond += all[i]?.[1] ?? 0;
    doubledRankSum += fromSecond * (from + 1 + to);
    groups.push(to - from);
    from = to;
  }
  return { doubledRankSum, groups, tied: groups.length < all.length };
}
