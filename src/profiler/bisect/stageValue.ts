import type { Run } from '../model/run.ts';
import { metricsOf } from '../verdict/metricsOf.ts';
import { WHOLE_RUN } from '../verdict/metric.ts';
import { ProfilerError } from '../model/profilerError.ts';

const MOST_NAMED = 30;

/**
 * What is measured of a run: the wall time of a stage or of the whole, or another metric where less is better.
 *
 * @throws ProfilerError `bisect.no-stage` where the run does not have it.
 */
export function stageValue(run: Run, stage: string = WHOLE_RUN, metric = 'seconds'): number {
  const measured = metricsOf(run).measured.filter(({ better }) => better === 'lower');
  const found = measured.find((each) => each.stage === stage && each.metric === metric);
  const value = found?.values[0];
  if (value !== undefined && value > 0) return value;
  const known = measured.slice(0, MOST_NAMED).map((each) => `${each.stage} ${each.metric}`);
  throw new ProfilerError(
    'bisect.no-stage',
    `A run has no “${stage} ${metric}”; it has: ${known.join(', ')}.`,
  );
}

/** Runs that a search of fixed size would need: so many of both commits at each halving, and to confirm. */
export function fixedSizeRuns(commits: number, pairs: number): number {
  return 2 * pairs * (1 + Math.ceil(Math.log2(Math.max(1, commits))));
}
