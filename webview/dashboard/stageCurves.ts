import type { DashboardRun } from '../../src/protocol/runMessages.ts';

/** A stage over the runs. */
export interface StageCurve {
  readonly stage: string;
  /** Null where a run does not have it. */
  readonly values: readonly (number | null)[];
  /** The time that it was allowed in each run, or null. */
  readonly allowed: readonly (number | null)[];
}

/** Curves that can still be told apart. */
const MOST_CURVES = 10;
/** The sum of those that are not shown one by one. */
export const OTHERS = 'other stages';

/**
 * The stages over the runs, the longest on the whole first. Beyond ten the others are added up, unless they lie within one
 * another, when a sum would count time twice.
 */
export function stageCurves(runs: readonly DashboardRun[], nested: boolean): StageCurve[] {
  const totals = new Map<string, number>();
  for (const { stages } of runs) {
    for (const { stage, seconds } of stages) {
      totals.set(stage, (totals.get(stage) ?? 0) + seconds);
    }
  }
  const order = [...totals].sort((a, b) => b[1] - a[1]).map(([stage]) => stage);
  const shown = order.length <= MOST_CURVES ? order : order.slice(0, MOST_CURVES - 1);
  const rest = new Set(order.slice(shown.length));
  const curves = shown.map((stage): StageCurve => {
    const found = runs.map(({ stages }) => stages.find((each) => each.stage === stage));
    return {
      stage,
      values: found.map((each) => each?.seconds ?? null),
      allowed: found.map((each) => each?.expectedSeconds ?? null),
    };
  });
  if (nested || rest.size === 0) return curves;
  const others = runs.map(({ stages }) => {
    const left = stages.filter(({ stage }) => rest.has(stage));
    return left.length === 0 ? null : left.reduce((sum, { seconds }) => sum + seconds, 0);
  });
  return [...curves, { stage: OTHERS, values: others, allowed: others.map(() => null) }];
}

/**
 * The whole time that each run was allowed: the target of the real-time factor times the length of the recording. Null
 * where that is not known.
 */
export function allowedTotals(runs: readonly DashboardRun[], unit: 's' | 's/h'): (number | null)[] {
  return runs.map(({ figures, audioSeconds }) => {
    const factor = figures.find(({ name }) => name === 'real-time-factor')?.target ?? null;
    if (factor === null || audioSeconds === null) return null;
    return factor * (unit === 's/h' ? 3600 : audioSeconds);
  });
}
