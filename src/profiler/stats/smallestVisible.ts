import { intervalRank, logarithms } from './hodgesLehmann.ts';
import { untiedUDistribution } from './rankSumDistribution.ts';
import { EXACT_UP_TO } from './mannWhitney.ts';
import { normalQuantile } from './normal.ts';
import { median, medianOfSorted } from './robust.ts';
import { mean, variance } from './sample.ts';
import { seededRandom } from './seededRandom.ts';
import { studentTQuantile } from './studentT.ts';
import { ratioMethod, type RatioRule } from './ratioTest.ts';

/** How often a change of the smallest visible size is seen: three times in four. */
export const VISIBLE_POWER = 0.75;

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
 */
export function smallestVisible(
  a: readonly number[],
  b: readonly number[],
  rule: RatioRule,
): number | null {
  if (ratioMethod(a.length, b.length, rule.alpha) === 'none') return null;
  const noise = residuals(a, b);
  const random = seededRandom(SEED);
  const draws = Math.max(60, Math.min(DRAWS, Math.floor(MOST_PAIRS / (a.length * b.length))));
  const seenFrom: number[] = [];
  for (let i = 0; i < draws; i += 1) {
    const drawA = draw(noise, a.length, random);
    const drawB = draw(noise, b.length, random);
    seenFrom.push(firingShift(drawA, drawB, rule));
  }
  seenFrom.sort((x, y) => x - y);
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
  const widening = Math.sqrt(all.length / Math.max(1, all.length - 1));
  return all.map((value) => value * widening);
}

function draw(noise: readonly number[], size: number, random: () => number): number[] {
  return Array.from({ length: size }, () => noise[Math.floor(random() * noise.length)] ?? 0);
}

/** The shift of logarithms from which on the rule calls B greater, given the noise of both sides. */
function firingShift(a: readonly number[], b: readonly number[], rule: RatioRule): number {
  const lead = new Float64Array(a.length * b.length);
  let at = 0;
  for (const x of a) for (const y of b) lead[at++] = x - y;
  lead.sort();
  const bySize = Math.log(rule.threshold) + medianOfSorted(lead);
  const k = intervalRank(a.length, b.length, rule.confidence);
  const byInterval = k === 0 ? Infinity : (lead[lead.length - k] ?? Infinity);
  const bySignificance =
    ratioMethod(a.length, b.length, rule.alpha) === 'mann-whitney'
      ? (lead[criticalU(a.length, b.length, rule.alpha) - 1] ?? Infinity)
      : welchShift(a, b, rule.alpha);
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
