import { studentTUpperTail } from './studentT.ts';
import { logarithms } from './hodgesLehmann.ts';
import { checkSample, mean, variance } from './sample.ts';

export interface TTest {
  /** Positive where B is greater. */
  readonly t: number;
  readonly df: number;
  /** Small where B is greater than A. */
  readonly greater: number;
  /** Small where B is less than A. */
  readonly less: number;
  readonly twoSided: number;
}

/**
 * Welch's t test of B against A, variances not taken to be equal. Samples without any spread differ certainly or not
 * at all; a sample of one value beside another of one tells nothing (p = 1).
 *
 * Throws `stats.invalid-sample`.
 */
export function welch(a: readonly number[], b: readonly number[]): TTest {
  checkSample(a);
  checkSample(b);
  const shareA = variance(a) / a.length;
  const shareB = variance(b) / b.length;
  const squared = shareA + shareB;
  const shift = mean(b) - mean(a);
  if (a.length < 2 || b.length < 2) return { t: 0, df: NaN, greater: 1, less: 1, twoSided: 1 };
  const df =
    squared === 0
      ? a.length + b.length - 2
      : squared ** 2 / (shareA ** 2 / (a.length - 1) + shareB ** 2 / (b.length - 1));
  return tTest(shift === 0 ? 0 : shift / Math.sqrt(squared), df);
}

/** Welch's t test of the logarithms: of ratios, for noise that grows with the value. Values must be above 0. */
export function welchOnLogs(a: readonly number[], b: readonly number[]): TTest {
  return welch(logarithms(a), logarithms(b));
}

/** Student's t test of B against A with one variance for both. Throws `stats.invalid-sample`. */
export function studentTTest(a: readonly number[], b: readonly number[]): TTest {
  checkSample(a);
  checkSample(b);
  const df = a.length + b.length - 2;
  const shift = mean(b) - mean(a);
  if (df < 1) return { t: 0, df: NaN, greater: 1, less: 1, twoSided: 1 };
  const pooled = (variance(a) * (a.length - 1) + variance(b) * (b.length - 1)) / df;
  const error = Math.sqrt(pooled * (1 / a.length + 1 / b.length));
  return tTest(shift === 0 ? 0 : shift / error, df);
}

function tTest(t: number, df: number): TTest {
  const greater = studentTUpperTail(t, df);
  const less = studentTUpperTail(-t, df);
  return { t, df, greater, less, twoSided: Math.min(1, 2 * Math.min(greater, less)) };
}
