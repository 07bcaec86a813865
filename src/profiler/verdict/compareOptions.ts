/** How runs are compared. */
export interface CompareOptions {
  /** Least ratio that matters: 1.1 for 10 %. */
  readonly threshold: number;
  /** Chance of a false alarm in one direction, over all that is looked at together. */
  readonly alpha: number;
  /** Of the intervals. */
  readonly confidence: number;
  /** A shift of time below both this and `floorShare` of the run does not matter. */
  readonly floorSeconds: number;
  readonly floorShare: number;
  /** Only these stages, metrics; all by default. */
  readonly stages: readonly string[];
  readonly metrics: readonly string[];
  /** Compare times although the environments are known to differ. */
  readonly acrossEnvironments: boolean;
  /** Whether the smallest visible ratio is wanted: most of the time that a comparison takes. */
  readonly visible: boolean;
}

/**
 * 1 % instead of the usual 5 %: a comparison stands alone, without a screen before it. At 10 v 10, 10 % noise and 5 % of
 * the runs half as slow again, Mann and Whitney's p ≤ .05 with a ratio ≥ 1.10 alarms in about 2 % of comparisons of
 * equals, p ≤ .01 in 0.8 %.
 */
export const COMPARE_DEFAULTS: CompareOptions = {
  threshold: 1.1,
  alpha: 0.01,
  confidence: 0.9,
  floorSeconds: 0.05,
  floorShare: 0.01,
  stages: [],
  metrics: [],
  acrossEnvironments: false,
  visible: true,
};

/** Whether a stage and metric are asked for. */
export function isWanted(
  { stage, metric }: { readonly stage: string; readonly metric: string },
  { stages, metrics }: CompareOptions,
): boolean {
  return (
    (stages.length === 0 || stages.includes(stage)) &&
    (metrics.length === 0 || metrics.includes(metric))
  );
}
