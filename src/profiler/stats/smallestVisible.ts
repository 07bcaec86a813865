import { blocksOf, type SideOrder } from './blocks.ts';
import { intervalRank, logarithms } from './hodgesLehmann.ts';
import { untiedUDistribution } from './rankSumDistribution.ts';
import { EXACT_UP_TO } from './mannWhitney.ts';
import { normalQuantile } from './normal.ts';
import { median, medianOfSorted } from './robust.ts';
import { mean, variance } from './sample.ts';
import { seededRandom } from './seededRandom.ts';
import { smallestVisibleInBlocks, VISIBLE_POWER } from './smallestVisibleInBlocks.ts';
import { studentTQuantile } from './studentT.ts';
import { ratioMethod, type RatioRule } from './ratioTest.ts';

const DRAWS = 400;
const MOST_PAIRS = 400_000;
const SEED = 20_261_123;

/**
 * The smallest true ratio B / A that this design sees three times in four at the noise that the samples show, by the
 * rule as it is: null where no ratio could be seen, as there are too few runs.
 *
 * The noise is what is left of the logarithms after each side's median; sets of the same sizes are drawn from it with a
 * fixed seed. For each draw the shift from which on the rule fires follows from the pairwise differences directly, and
 * their upper quartile is the answer: no curve is searched.
 *
 * Throws `stats.invalid-sample`.
 *
 * @param order of interleaved runs, as `ratioTest` takes it
 */
export function smallestVisible(
  a: readonly number[],
  b: readonly number[],
  rule: RatioRule,
  order: SideOrder | null = null,
): number | null {
  const blocks = order === null ? null : blocksOf(logarithms(a), logarithms(b), order);
  if (blocks !== null) return smallestVisibleInBlocks(blocks, rule);
  if (ratioMethod(a.length, b.length, rule.alpha) === 'none') return null;
  const noise = residuals(a, b);
  const design = designOf(a.length, b.length, rule);
  const random = seededRandom(SEED);
  const draws = Math.max(60, Math.min(DRAWS, Math.floor(MOST_PAIRS / (a.length * b.length))));
  const seenFrom = new Float64Array(draws);
  const drawA = new Float64Array(a.length);
  const drawB = new Float64Array(b.length);
  for (let i = 0; i < draws; i += 1) {
    draw(noise, drawA, random);
    draw(noise, drawB, random);
    seenFrom[i] = firingShift(drawA, drawB, design);
  }
  seenFrom.sort();
  return Math.exp(seenFrom[Math.ceil(VISIBLE_POWER * draws) - 1] ?? Infinity);
}

/** Noise of both samples, widened by what taking out two medians cost. */
function residuals(a: readonly number[], b: readonly number[]): number[] {
  const around = (values: readonly number[]): number[] => {
    const logs = logarithms(values);
    const centre = median(logs);
    return logs.map((value) => value - centre);
  };
  const all = [...around(a), ...around(b)];
  const widening = Math.sqrt(all.length / Math.max(1, all.length - 2));
  return all.map((value) => value * widening);
}

function draw(noise: readonly number[], into: Float64Array, random: () => number): void {
  for (let i = 0; i < into.length; i += 1)
    into[i] = noise[Math.floor(random() * noise.length)] ?? 0;
}

/** What of the rule depends on the sizes alone. */
interface Design {
  /** Least shift of the median difference. */
  readonly leastShift: number;
  /** Positions in the differences a − b, in rising order, that the shift must pass. */
  readonly byInterval: number;
  readonly byRanks: number | null;
  readonly alpha: number;
}

function designOf(sizeA: number, sizeB: number, rule: RatioRule): Design {
  const ranks = ratioMethod(sizeA, sizeB, rule.alpha) === 'mann-whitney';
  return {
    leastShift: Math.log(rule.threshold),
    byInterval: sizeA * sizeB - intervalRank(sizeA, sizeB, rule.confidence),
    byRanks: ranks ? criticalU(sizeA, sizeB, rule.alpha) - 1 : null,
    alpha: rule.alpha,
  };
}

/** The shift of logarithms from which on the rule calls B greater, given the noise of both sides. */
function firingShift(a: Float64Array, b: Float64Array, design: Design): number {
  const lead = new Float64Array(a.length * b.length);
  let at = 0;
  for (const x of a) for (const y of b) lead[at++] = x - y;
  lead.sort();
  const bySize = design.leastShift + medianOfSorted(lead);
  const byInterval = lead[design.byInterval] ?? Infinity;
  const bySignificance =
    design.byRanks === null
      ? welchShift(Array.from(a), Array.from(b), design.alpha)
      : (lead[design.byRanks] ?? Infinity);
  return Math.max(bySize, byInterval, bySignificance);
}

/** The least U whose one-sided p is at most `alpha`. */
export function criticalU(sizeA: number, sizeB: number, alpha: number): number {
  const pairs = sizeA * sizeB;
  if (sizeA + sizeB > EXACT_UP_TO) {
    const sigma = Math.sqrt((pairs * (sizeA + sizeB + 1)) / 12);
    return Math.ceil(pairs / 2 + 0.5 - normalQuantile(alpha) * sigma);
  }
  const cumulative = untiedUDistribution(sizeA, sizeB);
  let u = pairs;
  while (u > 0 && (cumulative[pairs - u + 1] ?? 1) <= alpha) u -= 1;
  return u;
}

function welchShift(a: readonly number[], b: readonly number[], alpha: number): number {
  const shareA = variance(a) / a.length;
  const shareB = variance(b) / b.length;
  const squared = shareA + shareB;
  if (squared === 0) return mean(a) - mean(b);
  const df = squared ** 2 / (shareA ** 2 / (a.length - 1) + shareB ** 2 / (b.length - 1));
  return mean(a) - mean(b) - studentTQuantile(alpha, df) * Math.sqrt(squared);
}
