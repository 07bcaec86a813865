import { medianOfSorted } from '../stats/robust.ts';

/**
 * How run times of one program scatter: logarithms around a level, with heavier tails than a normal distribution; some
 * runs are slower for reasons of the machine, and a few faster, as the machine had been busy when its level was learned.
 */
export interface NoiseModel {
  /** Scale of the scatter of the logarithms. */
  readonly scale: number;
}

/** Share of runs that the machine may slow down. Shared machines have about 5 %; more is assumed than is usual. */
const SLOWED_SHARE = 0.08;
/** Share of runs that find the machine faster than it was. It bounds what one run can say. */
const HASTENED_SHARE = 0.04;
/** Such runs may take up to three times as long, or half as long. */
const SLOWED_RANGE = Math.log(3);
const HASTENED_RANGE = Math.log(2);
/** Degrees of freedom of the t distribution of the rest, and its constant Γ(5/2) / (√(4π) Γ(2)). */
const DEGREES = 4;
const T_CONSTANT = 0.375;
/** Scatter below this is not believed: a few runs may agree by chance. */
const LEAST_SCALE = 0.01;

/** Density of a run whose logarithm lies `residual` above its level. */
export function density({ scale }: NoiseModel, residual: number): number {
  const t = residual / scale;
  const usual = (T_CONSTANT / scale) * (1 + (t * t) / DEGREES) ** (-(DEGREES + 1) / 2);
  const slowed = residual > 0 && residual < SLOWED_RANGE ? 1 / SLOWED_RANGE : 1e-6;
  const hastened = residual < 0 && residual > -HASTENED_RANGE ? 1 / HASTENED_RANGE : 1e-6;
  const usualShare = 1 - SLOWED_SHARE - HASTENED_SHARE;
  return usualShare * usual + SLOWED_SHARE * slowed + HASTENED_SHARE * hastened;
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
  return medianOfSorted(values.toSorted((x, y) => x - y));
}
