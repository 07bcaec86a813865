import { normalCdf } from './normal.ts';
import { rankSumCounts, untiedUDistribution } from './rankSumDistribution.ts';
import { type PooledRanks, pooledRanks } from './ranks.ts';
import { checkSample } from './sample.ts';

/** Up to so many values in both samples together the distribution is counted out. */
export const EXACT_UP_TO = 60;

export interface MannWhitney {
  /** Pairs in which the value of B is the greater one; equal ones count half. */
  readonly u: number;
  /** P(U ≥ u): small where B is greater than A. */
  readonly greater: number;
  /** P(U ≤ u): small where B is less than A. */
  readonly less: number;
  /** Twice the smaller of both, at most 1. */
  readonly twoSided: number;
  readonly exact: boolean;
}

/**
 * Mann-Whitney's U test of B against A. Exact also with ties (the distribution given the ties) up to EXACT_UP_TO
 * values in all; beyond, the normal approximation with corrections for ties and continuity.
 *
 * Throws `stats.invalid-sample`.
 */
export function mannWhitney(
  a: readonly number[],
  b: readonly number[],
  exactUpTo = EXACT_UP_TO,
): MannWhitney {
  checkSample(a);
  checkSample(b);
  const ranks = pooledRanks(a, b);
  const u = (ranks.doubledRankSum - b.length * (b.length + 1)) / 2;
  const exact = a.length + b.length <= exactUpTo;
  const tails = !exact
    ? approximateTails(u, a.length, b.length, ranks)
    : ranks.tied
      ? tiedTails(ranks, b.length)
      : untiedTails(u, a.length, b.length);
  return { u, ...tails, twoSided: Math.min(1, 2 * Math.min(tails.greater, tails.less)), exact };
}

/** The least one-sided p that samples of these sizes can have: all of one above all of the other. */
export function leastMannWhitneyP(sizeA: number, sizeB: number): number {
  let ways = 1;
  for (let k = 1; k <= Math.min(sizeA, sizeB); k += 1) {
    ways *= (Math.max(sizeA, sizeB) + k) / k;
  }
  return 1 / ways;
}

interface Tails {
  readonly greater: number;
  readonly less: number;
}

function untiedTails(u: number, sizeA: number, sizeB: number): Tails {
  const cumulative = untiedUDistribution(sizeA, sizeB);
  // The distribution is symmetric, and its lower tail is the exact one.
  return { greater: cumulative[sizeA * sizeB - u] ?? 1, less: cumulative[u] ?? 1 };
}

function tiedTails({ groups, doubledRankSum }: PooledRanks, picked: number): Tails {
  const counts = rankSumCounts(groups, picked);
  let below = 0;
  let at = 0;
  let above = 0;
  counts.forEach((count, sum) => {
    if (sum < doubledRankSum) below += count;
    else if (sum > doubledRankSum) above += count;
    else at += count;
  });
  const total = below + at + above;
  return { greater: (at + above) / total, less: (at + below) / total };
}

function approximateTails(u: number, sizeA: number, sizeB: number, ranks: PooledRanks): Tails {
  const n = sizeA + sizeB;
  const ties = ranks.groups.reduce((sum, t) => sum + (t ** 3 - t), 0);
  const sigma = Math.sqrt(((sizeA * sizeB) / 12) * (n + 1 - ties / (n * (n - 1))));
  const centre = (sizeA * sizeB) / 2;
  // All values equal: nothing can be told.
  if (!(sigma > 0)) return { greater: 1, less: 1 };
  return {
    greater: normalCdf(-(u - centre - 0.5) / sigma),
    less: normalCdf((u - centre + 0.5) / sigma),
  };
}
