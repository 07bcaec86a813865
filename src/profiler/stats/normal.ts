/** P(Z ≤ z) of the standard normal distribution; relative error below 1e-13 also in the lower tail. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  return z > 0 ? 1 - lowerTail(-z) : lowerTail(z);
}

const DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

/** For z ≤ 0: by Taylor's series near 0, by Laplace's continued fraction in the tail. */
function lowerTail(z: number): number {
  const density = DENSITY_AT_0 * Math.exp((-z * z) / 2);
  if (density === 0) return 0;
  if (z > -3) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > Math.abs(sum) * 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = -z;
  for (let k = 120; k >= 1; k -= 1) fraction = -z + k / fraction;
  return density / fraction;
}

/**
 * The z below which a share `p` of the standard normal distribution lies; infinite for 0 and 1.
 *
 * Halving the interval needs no constants and ends after about 60 steps.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -40;
  let high = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
}
