import { ProfilerError } from '../model/profilerError.ts';

/**
 * The values in rising order.
 *
 * @throws ProfilerError `stats.invalid-sample` for none, or for one that is no finite number
 */
export function sortedSample(values: readonly number[]): number[] {
  checkSample(values);
  return [...values].sort((a, b) => a - b);
}

/** @throws ProfilerError `stats.invalid-sample` for no values, or for one that is no finite number */
export function checkSample(values: readonly number[]): void {
  if (values.length === 0) {
    throw new ProfilerError('stats.invalid-sample', 'A sample needs at least one value.');
  }
  const strange = values.find((value) => !Number.isFinite(value));
  if (strange !== undefined) {
    throw new ProfilerError('stats.invalid-sample', `A sample holds ${strange}, no finite number.`);
  }
}

/** Mean of a sample. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Variance of a sample with n − 1 in the denominator; 0 for a single value. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return squares / (values.length - 1);
}
