import { incompleteBeta } from './incompleteBeta.ts';

/** P(T ≤ t) of Student's t distribution with `df` > 0 degrees of freedom, which need not be whole. */
export function studentTCdf(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return NaN;
  const tail = lowerTail(Math.abs(t), df);
  return t > 0 ? 1 - tail : tail;
}

/** P(T ≥ t): exact also where the cumulative distribution rounds to 1. */
export function studentTUpperTail(t: number, df: number): number {
  return studentTCdf(-t, df);
}

/** P(T ≤ −|t|). */
function lowerTail(t: number, df: number): number {
  if (t === Infinity) return 0;
  const square = t * t;
  const sum = df + square;
  return incompleteBeta(df / sum, df / 2, 0.5, square / sum) / 2;
}

/** The t below which a share `p` lies; infinite for 0 and 1. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  let low = -1;
  while (studentTCdf(low, df) > p && low > -1e300) low *= 2;
  let high = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTCdf(middle, df) < p) low = middle;
    else high = middle;
  }
}
