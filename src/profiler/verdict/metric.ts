import { RUN_STAGE } from '../model/workAccount.ts';

/** Which way is better; `none` where neither is. */
export type Better = 'lower' | 'higher' | 'none';

export type MeasuredKind = 'time' | 'rate' | 'memory' | 'counter';

/** What one run says of a noisy figure. */
export interface MeasuredMetric {
  readonly stage: string;
  /** `seconds`, `cpu-seconds`, `throughput`, `peak:…`, `mean:…` */
  readonly metric: string;
  readonly kind: MeasuredKind;
  readonly unit: string;
  readonly better: Better;
  /** One value a run; of a benchmark that repeats itself in processes of their own, one for each of those. */
  readonly values: readonly number[];
  /** What was worked on, by which times are divided where it differs between runs; null where not stated. */
  readonly work: { readonly amount: number; readonly unit: string } | null;
}

/** What a figure that has no noise counts. */
export type ExactKind =
  'loads' | 'failures' | 'items' | 'coverage' | 'setting' | 'device' | 'spans';

/** A figure without noise, comparable between single runs. */
export interface ExactMetric {
  readonly stage: string;
  /** `loads:…`, `dropped:…`, `items-out`, `coverage`, `device`, `spans:…`, … */
  readonly metric: string;
  readonly kind: ExactKind;
  readonly unit: string;
  readonly better: Better;
  readonly value: number | string;
}

/** All that a run can be compared by. */
export interface RunMetrics {
  readonly measured: readonly MeasuredMetric[];
  readonly exact: readonly ExactMetric[];
  /** Stages that the run declares, in the order in which they began. */
  readonly stages: readonly string[];
  /** Of a run that declares none: when the spans of each name first begin and last end, in nanoseconds. */
  readonly extents?: ReadonlyMap<string, readonly [start: number, end: number]>;
  /** Ids of the units of work by stage, where units carry ids. */
  readonly units: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The stage of metrics of the run as a whole. */
export const WHOLE_RUN = RUN_STAGE;

/** Stages that depend on the network: shown, never judged. */
export function isNetworkStage(stage: string): boolean {
  return /(?:^|[^a-z])(?:download|upload|fetch|network)(?:ing|s|ed)?(?:[^a-z]|$)/iu.test(stage);
}
