/** Steps of a clock, in seconds. */
const STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
const MOST_TICKS = 6;

/** The step of an axis of time up to so many seconds; undefined where steps of ten are as good. */
export function timeStep(maxSeconds: number): number | undefined {
  if (!(maxSeconds > 240)) return undefined;
  return STEPS.find((step) => maxSeconds / step <= MOST_TICKS);
}

/** The greatest of some values; 0 for none. */
export function greatest(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}
