import { breakdownOf } from '../report/breakdown.ts';
import { audioSecondsOf, type StageRow } from '../report/stageTable.ts';
import { type Run } from '../model/run.ts';
import { NO_SPAN, NS_PER_SECOND, type Seconds } from '../model/units.ts';
import { attributeOf } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import { type MeasuredMetric, WHOLE_RUN } from './metric.ts';

/** Most stages of a run that declares none: beyond, names are rather the data's than the program's. */
const MOST_STAGES = 60;

type Work = MeasuredMetric['work'];

/**
 * Wall and CPU seconds of each stage and of the whole run, and items a second.
 *
 * @param table the stages that the run declares; of a run that declares none, names of spans stand for them
 */
export function timeMetrics(run: Run, table: readonly StageRow[]): MeasuredMetric[] {
  const rows = new Map(table.map((row) => [row.stage, row]));
  const audio = audioSecondsOf(run);
  const runWork: Work = audio === null ? null : { amount: audio, unit: 'audio s' };
  const metrics: MeasuredMetric[] = [];
  const whole = runSeconds(run);
  if (whole !== null) metrics.push(seconds(WHOLE_RUN, 'seconds', whole, runWork));
  const cpu = rootCpuSeconds(run);
  if (cpu !== null) metrics.push(seconds(WHOLE_RUN, 'cpu-seconds', cpu, runWork));
  if (run.weights !== null && run.weights.unit !== 'nanoseconds') return weightMetrics(run);
  for (const { stage, seconds: busy } of stageTimes(run, table).slice(0, MOST_STAGES)) {
    const row = rows.get(stage);
    if (row?.state === 'cached' || row?.state === 'skipped') continue;
    const items = row !== undefined && row.items.in > 0 ? row.items.in : null;
    const work =
      row?.audioSeconds != null
        ? { amount: row.audioSeconds, unit: 'audio s' }
        : items !== null
          ? { amount: items, unit: row?.unit === '' ? 'item' : (row?.unit ?? 'item') }
          : runWork;
    metrics.push(seconds(stage, 'seconds', busy, work));
    if (row?.cpuSeconds != null) metrics.push(seconds(stage, 'cpu-seconds', row.cpuSeconds, work));
    if (row?.throughput != null) {
      metrics.push({
        stage,
        metric: 'throughput',
        kind: 'rate',
        unit: `${row.unit === '' ? 'items' : row.unit}/s`,
        better: 'higher',
        values: [row.throughput],
        work: null,
      });
    }
  }
  return metrics;
}

/** As `breakdownOf`, which makes the table that is already there anew only where it is empty. */
function stageTimes(run: Run, table: readonly StageRow[]): { stage: string; seconds: number }[] {
  if (table.length === 0) return breakdownOf(run);
  return table
    .flatMap(({ stage, busySeconds }) =>
      busySeconds === null ? [] : [{ stage, seconds: busySeconds }],
    )
    .sort((a, b) => b.seconds - a.seconds);
}

/** What a profile without times measures: the bytes of a heap, by function. Counts of samples depend on the sampler's clock. */
function weightMetrics(run: Run): MeasuredMetric[] {
  if (run.weights?.unit !== 'bytes') return [];
  const metric = (stage: string, value: number): MeasuredMetric => ({
    stage,
    metric: 'bytes',
    kind: 'memory',
    unit: 'By',
    better: 'lower',
    values: [value],
    work: null,
  });
  const whole = run.weights.self.reduce((sum, weight) => sum + weight, 0);
  const rows = breakdownOf(run).slice(0, MOST_STAGES);
  return [metric(WHOLE_RUN, whole), ...rows.map((row) => metric(row.stage, row.seconds))];
}

/** From the beginning of the first span to the end of the last; of a run without time order, its time by weight. */
export function runSeconds(run: Run): Seconds | null {
  if (run.weights !== null) {
    if (run.weights.unit !== 'nanoseconds') return null;
    return run.weights.self.reduce((sum, weight) => sum + weight, 0) / NS_PER_SECOND;
  }
  const { startNs, durationNs } = run.spans;
  let from = Infinity;
  let to = -Infinity;
  for (let span = 0; span < startNs.length; span += 1) {
    const start = startNs[span] ?? 0;
    from = Math.min(from, start);
    to = Math.max(to, start + (durationNs[span] ?? 0));
  }
  return to >= from ? (to - from) / NS_PER_SECOND : null;
}

function rootCpuSeconds(run: Run): Seconds | null {
  let sum: number | null = null;
  run.spans.parent.forEach((parent, span) => {
    if (parent !== NO_SPAN) return;
    const value = attributeOf(run, span, ATTRIBUTE.cpuSeconds);
    if (typeof value === 'number') sum = (sum ?? 0) + value;
  });
  return sum;
}

function seconds(stage: string, metric: string, value: number, work: Work): MeasuredMetric {
  return { stage, metric, kind: 'time', unit: 's', better: 'lower', values: [value], work };
}
