import { EarshotError } from '../../../pipeline/earshotError.ts';
import { NO_VALUE } from '../../../profiler/report/formatNumber.ts';
import { COMPARE_DEFAULTS } from '../../../profiler/verdict/compareOptions.ts';
import { changeText } from '../../../profiler/verdict/confirmReason.ts';
import { type HistoryChange, historyChanges } from '../../../profiler/verdict/historyChanges.ts';
import { WHOLE_RUN } from '../../../profiler/verdict/metric.ts';
import { metricsOf } from '../../../profiler/verdict/metricsOf.ts';
import { median } from '../../../profiler/stats/robust.ts';
import type { Library } from '../../../store/library.ts';
import { type Column, renderTable } from '../../table.ts';
import type { Session } from '../../session.ts';
import { sparkline } from '../../sparkline.ts';
import { valueText } from '../../verdictTable.ts';

export interface HistoryFlags {
  readonly stage?: string;
  readonly metric?: string;
  readonly limit: number;
}

/** A run of a series, with the value that is shown. */
interface Point {
  readonly runId: string;
  readonly startedAt: string;
  readonly value: number | null;
  readonly accepted: boolean;
  readonly note: string | null;
}

/** `profile history [SERIES]`: a figure over the runs of a series, with its changes of level. */
export async function showHistory(
  session: Session,
  series: string | undefined,
  flags: HistoryFlags,
): Promise<number> {
  const library = await session.library();
  const { output } = session;
  if (series === undefined) return listSeries(session, library);
  const stage = flags.stage ?? WHOLE_RUN;
  const metric = flags.metric ?? 'seconds';
  const { points, unit, running } = pointsOf(library, series, stage, metric, flags.limit);
  const measured = points.flatMap(({ value }, at) => (value === null ? [] : [{ value, at }]));
  const values = measured.map(({ value }) => value);
  const changes = historyChanges(values, COMPARE_DEFAULTS.threshold).map((change) => ({
    ...change,
    run: points[measured[change.index]?.at ?? 0]?.runId ?? '',
  }));
  output.record({
    type: 'result',
    command: 'history',
    series,
    stage,
    metric,
    unit,
    points,
    changes,
    running,
  });
  if (running > 0) {
    const runs =
      running === 1 ? '1 run that has not ended is' : `${running} runs that have not ended are`;
    output.info(`${runs} left out.`);
  }
  const shown = `${series} · ${stage} ${metric}`;
  if (values.length === 0) {
    output.info(`No run of ${shown} has a value.`);
    return 0;
  }
  const { bold } = output.palette;
  const last = sparkline(values.slice(-(output.columns ?? 80)));
  output.result(`${bold(shown)}\n${last}\n`);
  output.result(`median ${valueText(median(values), unit)} of ${values.length} runs\n\n`);
  output.result(renderTable(columnsFor(changes, unit), points, output.columns));
  for (const change of changes) output.result(`\n${changeSentence(change, unit)}\n`);
  return 0;
}

/** What runs there are, by series. */
function listSeries({ output }: Session, { profiles, baselines }: Library): number {
  const counts = new Map<string, number>();
  for (const { series } of profiles.list()) counts.set(series, (counts.get(series) ?? 0) + 1);
  const rows = Array.from(counts, ([series, runs]) => ({
    series,
    runs,
    accepted: baselines.of(series).length,
  }));
  output.record({ type: 'result', command: 'history', series: rows });
  if (rows.length === 0) output.info('There are no runs yet.');
  else {
    const columns: readonly Column<(typeof rows)[number]>[] = [
      { title: 'Series', cell: ({ series }) => series, flexible: true },
      { title: 'Runs', cell: ({ runs }) => String(runs), align: 'right' },
      { title: 'Accepted', cell: ({ accepted }) => String(accepted), align: 'right' },
    ];
    output.result(renderTable(columns, rows, output.columns));
  }
  return 0;
}

/** The figure of each run that has ended, the oldest first, and how many have not. */
function pointsOf(
  { profiles, baselines }: Library,
  series: string,
  stage: string,
  metric: string,
  limit: number,
): { points: Point[]; unit: string; running: number } {
  const running = profiles.list({ series, running: true }).length;
  const summaries = profiles.list({ series, limit, running: false }).reverse();
  if (summaries.length === 0 && running === 0) {
    throw new EarshotError(
      'run.not-found',
      `There is no series “${series}”.`,
      'earshot profile history shows the series there are.',
    );
  }
  const accepted = new Map(baselines.of(series).map((row) => [row.runId, row]));
  let unit = '';
  const points = summaries.map(({ id, startedAt }): Point => {
    const { measured, exact } = metricsOf(profiles.load(id));
    const isIt = (each: { stage: string; metric: string }): boolean =>
      each.stage === stage && each.metric === metric;
    const found = measured.find(isIt) ?? exact.find(isIt);
    unit = found?.unit ?? unit;
    let value: number | null = null;
    if (found !== undefined && 'values' in found) value = median(found.values);
    else if (typeof found?.value === 'number') value = found.value;
    const note = accepted.get(id)?.note ?? null;
    return { runId: id, startedAt, value, accepted: accepted.has(id), note };
  });
  return { points, unit, running };
}

function columnsFor(
  changes: readonly (HistoryChange & { run: string })[],
  unit: string,
): readonly Column<Point>[] {
  const changed = new Map(changes.map((change) => [change.run, change]));
  return [
    { title: 'Run', cell: ({ runId }) => runId.slice(0, 12) },
    { title: 'Started', cell: ({ startedAt }) => startedAt.slice(0, 19).replace('T', ' ') },
    {
      title: 'Value',
      cell: ({ value }) => (value === null ? NO_VALUE : valueText(value, unit)),
      align: 'right',
    },
    { title: 'Accepted', cell: ({ accepted }) => (accepted ? '✓' : '') },
    {
      title: 'Level',
      cell: ({ runId }) => {
        const change = changed.get(runId);
        return change === undefined ? '' : `${changeText(change.ratio)} from here`;
      },
    },
    { title: 'Note', cell: ({ note }) => note ?? '', flexible: true },
  ];
}

function changeSentence(change: HistoryChange & { run: string }, unit: string): string {
  const levels = `${valueText(change.before, unit)} → ${valueText(change.after, unit)}`;
  const sure = change.settled
    ? ''
    : ' Too few runs around it to blame this one (10 before and 4 from it on are needed).';
  return `The level changed at run ${change.run.slice(0, 12)}: ${levels} (${changeText(change.ratio)}, p = ${change.p.toExponential(1)}).${sure}`;
}
