import type { ChartFigure } from '../../protocol/chart.ts';
import type { WorkerOptions } from '../../protocol/messages.ts';
import { type CriticalPath, criticalPath } from '../../profiler/chart/criticalPath.ts';
import type { Run } from '../../profiler/model/run.ts';
import { analyseRun } from '../../profiler/report/analyseRun.ts';
import type { RunAnalysis } from '../../profiler/report/runAnalysis.ts';
import { analyseForWorkspace } from '../../runs/analyseStoredRun.ts';
import { currentDemands } from '../dashboard/demands.ts';
import { stripOf } from './chartStrip.ts';

/** What a chart is told of its run beside the spans; everything in it can be posted from one thread to another. */
export interface ChartAnalysis extends Omit<RunAnalysis, 'run'> {
  readonly critical: CriticalPath;
  readonly strip: readonly ChartFigure[];
}

/**
 * Looks a run through. Without a folder that counts there are no sources to look for lines in.
 *
 * @throws EarshotError `config.*`
 */
export async function analyseForChart(
  run: Run,
  baseline: Run | null,
  options: WorkerOptions,
): Promise<ChartAnalysis> {
  const { workspace, targets } = options;
  const analysis =
    workspace === undefined
      ? analyseRun(run, { ...currentDemands(options), baseline })
      : await analyseForWorkspace(run, baseline, { workspace, targets });
  const { seconds, findings, breakdown, targets: results, ledgers } = analysis;
  return {
    ...{ seconds, findings, breakdown, ledgers },
    targets: results,
    strip: stripOf(analysis),
    critical: criticalPath(run),
  };
}
