/**
 * How many of the ways to pick `picked` of the pooled values give each doubled rank sum: the exact distribution of
 * Wilcoxon's rank sum given the ties.
 *
 * Counted group by group; the counts are doubles, exact to 1e-15 of the total also where they pass 2^53.
 *
 * @param groups sizes of the groups of equal values in rising order of the values
 * @returns counts by doubled rank sum
 */
export function rankSumCounts(groups: readonly number[], picked: number): Float64Array {
  const total = groups.reduce((sum, size) => sum + size, 0);
  // The largest doubled sum: the `picked` highest ranks.
  const most = picked * (2 * total - picked + 1);
  let ways = Array.from({ length: picked + 1 }, () => new Float64Array(0));
  ways[0] = Float64Array.of(1);
  let below = 0;
  for (const size of groups) {
    const doubledRank = 2 * below + size + 1;
    ways = addGroup(ways, size, doubledRank, most);
    below += size;
  }
  return ways[picked] ?? new Float64Array(0);
}

/** Each way so far, with 0 to `size` values of a further group that all have the same rank. */
function addGroup(
  ways: readonly Float64Array[],
  size: number,
  doubledRank: number,
  most: number,
): Float64Array<ArrayBuffer>[] {
  const choose = binomials(size);
  return ways.map((_, count) => {
    let length = 0;
    for (let taken = 0; taken <= Math.min(size, count); taken += 1) {
      const before = ways[count - taken]?.length ?? 0;
      if (before > 0) length = Math.max(length, before + taken * doubledRank);
    }
    const result = new Float64Array(Math.min(length, most + 1));
    for (let taken = 0; taken <= Math.min(size, count); taken += 1) {
      const before = ways[count - taken] ?? new Float64Array(0);
      const times = choose[taken] ?? 0;
      const shift = taken * doubledRank;
      for (let sum = 0; sum < before.length && sum + shift < result.length; sum += 1) {
        const known = before[sum] ?? 0;
        if (known > 0) result[sum + shift] = (result[sum + shift] ?? 0) + known * times;
      }
    }
    return result;
  });
}

function binomials(n: number): number[] {
  const row = [1];
  for (let k = 1; k <= n; k += 1) row.push(((row[k - 1] ?? 0) * (n - k + 1)) / k);
  return row;
}

const untied = new Map<string, Float64Array>();

/**
 * P(U ≤ u) for u = 0 … nA·nB of two samples without ties under the hypothesis that they come from one distribution.
 */
export function untiedUDistribution(sizeA: number, sizeB: number): Float64Array {
  const key = `${Math.min(sizeA, sizeB)} ${Math.max(sizeA, sizeB)}`;
  const known = untied.get(key);
  if (known !== undefined) return known;
  const picked = Math.min(sizeA, sizeB);
  const counts = rankSumCounts(new Array<number>(sizeA + sizeB).fill(1), picked);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const least = picked * (picked + 1);
  const cumulative = new Float64Array(sizeA * sizeB + 1);
  let sum = 0;
  for (let u = 0; u < cumulative.length; u += 1) {
    sum += counts[least + 2 * u] ?? 0;
    cumulative[u] = sum / total;
  }
  untied.set(key, cumulative);
  return cumulative;
}
