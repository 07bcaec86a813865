import { ProfilerError } from '../model/profilerError.ts';
import { normalQuantile } from './normal.ts';
import { EXACT_UP_TO } from './mannWhitney.ts';
import { untiedUDistribution } from './rankSumDistribution.ts';
import { medianOfSorted } from './robust.ts';
import { checkSample } from './sample.ts';

/** An estimate with its confidence interval. */
export interface Estimate {
  readonly value: number;
  /** Infinite where the samples are too small for the confidence asked for. */
  readonly low: number;
  readonly high: number;
}

/** All differences b − a in rising order. */
export function pairwiseDifferences(a: readonly number[], b: readonly number[]): Float64Array {
  const differences = new Float64Array(a.length * b.length);
  let at = 0;
  for (const x of a) for (const y of b) differences[at++] = y - x;
  return differences.sort();
}

/**
 * Which of the pairwise differences in rising order, counted from 1, is the lower end of the interval; 0 where none is
 * low enough. The largest k with P(U ≤ k − 1) ≤ (1 − confidence) / 2.
 */
export function intervalRank(sizeA: number, sizeB: number, confidence: number): number {
  const tail = (1 - confidence) / 2;
  if (sizeA + sizeB <= EXACT_UP_TO) {
    const cumulative = untiedUDistribution(sizeA, sizeB);
    let k = 0;
    // Beside the rounding of (1 − 0.9) / 2, 3 v 3 has exactly 5 % there.
    while ((cumulative[k] ?? 1) <= tail * (1 + 1e-9)) k += 1;
    return k;
  }
  const sigma = Math.sqrt((sizeA * sizeB * (sizeA + sizeB + 1)) / 12);
  return Math.max(0, Math.floor((sizeA * sizeB) / 2 + 0.5 + normalQuantile(tail) * sigma));
}

/**
 * Hodges and Lehmann's shift from A to B: the median of all pairwise differences, with the interval that the exact rank
 * test gives (conservative with ties).
 *
 * Throws `stats.invalid-sample`.
 */
export function hodgesLehmannShift(
  a: readonly number[],
  b: readonly number[],
  confidence = 0.9,
): Estimate {
  checkSample(a);
  checkSample(b);
  const differences = pairwiseDifferences(a, b);
  const k = intervalRank(a.length, b.length, confidence);
  return {
    value: medianOfSorted(differences),
    low: k === 0 ? -Infinity : (differences[k - 1] ?? -Infinity),
    high: k === 0 ? Infinity : (differences[differences.length - k] ?? Infinity),
  };
}

/**
 * The ratio of B to A: Hodges and Lehmann's shift of the logarithms. All values must be above 0.
 *
 * Throws `stats.invalid-sample`.
 */
export function hodgesLehmannRatio(
  a: readonly number[],
  b: readonly number[],
  confidence = 0.9,
): Estimate {
  const shift = hodgesLehmannShift(logarithms(a), logarithms(b), confidence);
  return { value: Math.exp(shift.value), low: Math.exp(shift.low), high: Math.exp(shift.high) };
}

/** Natural logarithms. Throws `stats.invalid-sample` for a value that is not above 0. */
export function logarithms(values: readonly number[]): number[] {
  checkSample(values);
  if (values.some((value) => value <= 0)) {
    throw new ProfilerError('stats.invalid-sample', 'A ratio needs values above 0.');
  }
  return values.map(Math.log);
}
