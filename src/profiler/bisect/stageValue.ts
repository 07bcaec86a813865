import type { Run } from '../model/run.ts';
import { metricsOf } from '../verdict/metricsOf.ts';
import { WHOLE_RUN } from '../verdict/metric.ts';
import { ProfilerError } from '../model/profilerError.ts';

/**
 * The seconds of a stage of a run, or of the whole.
 *
 * @throws ProfilerError `bisect.no-stage` where the run does not have the stage.
 */
export function stageSeconds(run: Run, stage: string = WHOLE_RUN): number {
  const { measured } = metricsOf(run);
  const found = measured.find((metric) => metric.stage === stage && metric.metric === 'seconds');
  const value = found?.values[0];
  if (value !== undefined && value > 0) return value;
  const times = measured.filter(({ metric }) => metric === 'seconds');
  const known = times.map((metric) => metric.stage).slice(0, 20);
  throw new ProfilerError(
    'bisect.no-stage',
    `There is no stage “${stage}” in a run; there are: ${known.join(', ')}.`,
  );
}

/** Runs that a search of fixed size would need: so many of both commits at each halving, and to confirm. */
export function fixedSizeRuns(commits: number, pairs: number): number {
  return 2 * pairs * (1 + Math.ceil(Math.log2(Math.max(1, commits))));
}
