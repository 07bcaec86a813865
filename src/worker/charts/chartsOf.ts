import { ChartChanged } from '../../protocol/chartMessages.ts';
import { baselineOf } from '../../runs/analyseStoredRun.ts';
import { errorReport } from '../errorReport.ts';
import type { WorkerContext } from '../workerContext.ts';
import { Analyst } from './analyst.ts';
import { SourceLoader } from './chartLoader.ts';
import { OpenCharts } from './openCharts.ts';

const known = new WeakMap<WorkerContext, { charts: OpenCharts; analyst: Analyst }>();

/** The open charts of a worker: one registry for all services that show runs. */
export function chartsOf(context: WorkerContext): OpenCharts {
  return partsOf(context).charts;
}

/** Ends what they hold, threads too. */
export async function stopCharts(context: WorkerContext): Promise<void> {
  const { charts, analyst } = partsOf(context);
  await Promise.all([charts.stop(), analyst.stop()]);
}

function partsOf(context: WorkerContext): { charts: OpenCharts; analyst: Analyst } {
  const parts = known.get(context) ?? newParts(context);
  known.set(context, parts);
  return parts;
}

function newParts(context: WorkerContext): { charts: OpenCharts; analyst: Analyst } {
  const analyst = new Analyst();
  const charts = new OpenCharts({
    loader: new SourceLoader(context),
    examine: async (run, series, signal) => {
      const baseline = series === null ? null : await baselineOf(context.library(), run);
      return analyst.analyse(run, baseline, context.options(), signal);
    },
    onChanged: (chart, revision) => context.connection.notify(ChartChanged, { chart, revision }),
    onProblem: (error) => context.log('warning', `A chart: ${errorReport(error).message}`),
    now: () => performance.now(),
  });
  return { charts, analyst };
}
