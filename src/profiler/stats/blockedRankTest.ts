import { type Block, aligned } from './blocks.ts';
import { EXACT_UP_TO } from './mannWhitney.ts';
import { normalCdf } from './normal.ts';
import { checkSample } from './sample.ts';

/**
 * Share of the ranks at either end that count as the rank there. A disturbed run is the greatest of all; with its rank as
 * it is, it outweighs what a whole block says. In simulated series with 5 % of them, 10 v 10 see +20 % as significant at
 * .006 in 97 % with a third and in 88 % with none; without any disturbed runs a third costs 1 to 2 points.
 */
export const WINSORISED_SHARE = 1 / 3;

export interface BlockedRankTest {
  /** Sum of the scores of B: twice their winsorised midranks. */
  readonly statistic: number;
  /** Share of labellings with at least this sum: small where B is greater than A. */
  readonly greater: number;
  readonly less: number;
  readonly exact: boolean;
}

/**
 * Test of B against A in blocks: values less their block's median are ranked together (aligned ranks, Hodges and
 * Lehmann 1962), and the rank sum of B stands against all ways to label the runs of each block anew. Exact also with ties
 * up to EXACT_UP_TO values; beyond, the normal approximation with the exact moments.
 *
 * Throws `stats.invalid-sample`.
 *
 * @param share of the ranks at either end that are winsorised; 0 for none
 */
export function blockedRankTest(
  blocks: readonly Block[],
  share: number = WINSORISED_SHARE,
): BlockedRankTest {
  const scored = scores(blocks, share);
  const statistic = scored.reduce((sum, { b }) => sum + total(b), 0);
  const size = blocks.reduce((sum, { a, b }) => sum + a.length + b.length, 0);
  if (size > EXACT_UP_TO)
    return { statistic, ...approximateTails(scored, statistic), exact: false };
  const counts = statisticCounts(scored);
  let [below, at, above] = [0, 0, 0];
  for (let sum = 0; sum < counts.length; sum += 1) {
    const count = counts[sum] ?? 0;
    if (sum < statistic) below += count;
    else if (sum > statistic) above += count;
    else at += count;
  }
  const all = below + at + above;
  return { statistic, greater: (at + above) / all, less: (at + below) / all, exact: true };
}

/** The least p that these blocks can have: one of all labellings. */
export function leastBlockedP(blocks: readonly Block[]): number {
  let labellings = 1;
  for (const { a, b } of blocks) {
    for (let k = 1; k <= b.length; k += 1) labellings *= (a.length + k) / k;
  }
  return 1 / labellings;
}

const total = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);

/** Twice the midranks of the aligned values, winsorised, from 0: whole numbers, ties or not. */
function scores(blocks: readonly Block[], share: number): Block[] {
  const level = aligned(blocks);
  const all = level.flatMap(({ a, b }) => [...a, ...b]);
  checkSample(all);
  const sorted = Float64Array.from(all).sort();
  const lowest = share === 0 ? 2 : Math.round(2 * sorted.length * share) + 1;
  const highest = 2 * (sorted.length + 1) - lowest;
  const score = (value: number): number => {
    let from = 0;
    while ((sorted[from] ?? value) < value) from += 1;
    let to = from;
    while (sorted[to] === value) to += 1;
    return Math.min(highest, Math.max(lowest, from + 1 + to)) - lowest;
  };
  return level.map(({ a, b }) => ({ a: a.map(score), b: b.map(score) }));
}

/** How many labellings give each sum of the scores of B. */
function statisticCounts(blocks: readonly Block[]): number[] {
  let counts = [1];
  for (const { a, b } of blocks) {
    const all = [...a, ...b];
    const next = new Array<number>(counts.length + total(all)).fill(0);
    for (const sum of sumsOf(all, b.length)) {
      for (let i = 0; i < counts.length; i += 1) {
        next[i + sum] = (next[i + sum] ?? 0) + (counts[i] ?? 0);
      }
    }
    counts = next;
  }
  return counts;
}

/** The sums of all ways to pick so many of a block's scores: it is small, so that they can be written down. */
function sumsOf(scores: readonly number[], picked: number): number[] {
  const sums: number[] = [];
  const pick = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      sums.push(sum);
      return;
    }
    for (let i = from; i <= scores.length - left; i += 1) {
      pick(i + 1, left - 1, sum + (scores[i] ?? 0));
    }
  };
  pick(0, picked, 0);
  return sums;
}

function approximateTails(
  blocks: readonly Block[],
  statistic: number,
): Pick<BlockedRankTest, 'greater' | 'less'> {
  let centre = 0;
  let squared = 0;
  for (const { a, b } of blocks) {
    const all = [...a, ...b];
    const mean = total(all) / all.length;
    const spread = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    centre += b.length * mean;
    squared += ((a.length * b.length) / all.length) * (spread / (all.length - 1));
  }
  // All values equal: nothing can be told.
  if (!(squared > 0)) return { greater: 1, less: 1 };
  const sigma = Math.sqrt(squared);
  // Half a rank for continuity: scores are twice the ranks.
  return {
    greater: normalCdf(-(statistic - centre - 1) / sigma),
    less: normalCdf((statistic - centre + 1) / sigma),
  };
}
