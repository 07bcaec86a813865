/**
 * How run times of one program scatter: logarithms around a level, with heavier tails than a normal distribution, and
 * some runs slower for reasons of the machine. Outliers are never faster.
 */
export interface NoiseModel {
  /** Scale of the scatter of the logarithms. */
  readonly scale: number;
}

/** Share of runs that the machine may slow down. Shared machines have about 5 %; more is assumed than is usual. */
const OUTLIER_SHARE = 0.08;
/** Such a run may take up to three times as long. */
const OUTLIER_RANGE = Math.log(3);
/** Degrees of freedom of the t distribution of the rest, and its constant Γ(5/2) / (√(4π) Γ(2)). */
const DEGREES = 4;
const T_CONSTANT = 0.375;
/** Scatter below this is not believed: a few runs may agree by chance. */
const LEAST_SCALE = 0.01;

/** Density of a run whose logarithm lies `residual` above its level. */
export function density({ scale }: NoiseModel, residual: number): number {
  const t = residual / scale;
  const usual = (T_CONSTANT / scale) * (1 + (t * t) / DEGREES) ** (-(DEGREES + 1) / 2);
  const slowed = residual > 0 && residual < OUTLIER_RANGE ? 1 / OUTLIER_RANGE : 1e-6;
  return (1 - OUTLIER_SHARE) * usual + OUTLIER_SHARE * slowed;
}

/**
 * The noise of samples, each taken around a level of its own.
 *
 * @param samples logarithms, at least two in each.
 */
export function noiseOf(samples: readonly (readonly number[])[]): NoiseModel {
  const deviations = samples.flatMap((logs) => {
    const level = medianOf(logs);
    return logs.map((log) => Math.abs(log - level));
  });
  // The median deviation of a t distribution with 4 degrees of freedom is 0.741 scales. A median fitted to few values
  // lies too close to them, which n / (n - k) makes up for.
  const count = deviations.length;
  const widened = (medianOf(deviations) / 0.741) * (count / Math.max(1, count - samples.length));
  return { scale: Math.max(LEAST_SCALE, widened) };
}

/** The middle value, or the mean of the two in the middle; NaN without any. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}
