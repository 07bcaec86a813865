import { sortedSample } from './sample.ts';

/** Makes the median absolute deviation of normal noise equal to its standard deviation: 1 / Φ⁻¹(¾). */
export const MAD_TO_SIGMA = 1.4826022185056018;

/** Beyond this modified z score a value is flagged (Iglewicz and Hoaglin 1993). Flagged values still count. */
export const OUTLIER_Z = 3.5;

/** Middle value, or the mean of the two middle ones. Throws `stats.invalid-sample`. */
export function median(values: readonly number[]): number {
  return medianOfSorted(sortedSample(values));
}

/** The median of values that are in rising order; NaN for none. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Median absolute deviation from the median, unscaled. Throws `stats.invalid-sample`. */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((value) => Math.abs(value - centre)));
}

/**
 * Modified z scores: how many robust standard deviations each value lies from the median. Where more than half of the
 * values are equal the others have infinite ones.
 *
 * Throws `stats.invalid-sample`.
 */
export function modifiedZScores(values: readonly number[]): number[] {
  const centre = median(values);
  const sigma = medianAbsoluteDeviation(values) * MAD_TO_SIGMA;
  return values.map((value) => (value === centre ? 0 : (value - centre) / sigma));
}

/** Positions of the values to be flagged. Of fewer than five values none is: their spread is not known. */
export function outliersOf(values: readonly number[]): number[] {
  if (values.length < 5) return [];
  return modifiedZScores(values).flatMap((z, i) => (Math.abs(z) > OUTLIER_Z ? [i] : []));
}
