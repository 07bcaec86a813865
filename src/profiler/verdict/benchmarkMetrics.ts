import { spansWithAttribute } from '../model/attributes.ts';
import { ATTRIBUTE, REPLICATES } from '../model/attributeNames.ts';
import { type Run, spanName } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NS_PER_SECOND } from '../model/units.ts';
import { median } from '../stats/robust.ts';
import type { MeasuredMetric } from './metric.ts';

/**
 * The times of a file of benchmark results, by benchmark. Executions in processes of their own are replicates; rounds
 * inside of one process share its state and make one value, their median. Failed executions count for nothing.
 *
 * @returns null for a run that is no such file
 */
export function benchmarkMetrics(run: Run): MeasuredMetric[] | null {
  const independent = new Map<string, number[]>();
  const rounds = new Map<string, number[]>();
  let any = false;
  for (const [span, replicate] of spansWithAttribute(run, ATTRIBUTE.replicate)) {
    any = true;
    if (run.spans.status[span] === SPAN_STATUS.error) continue;
    const target = replicate === REPLICATES.independent ? independent : rounds;
    const name = spanName(run, span);
    const values = target.get(name) ?? [];
    target.set(name, values);
    values.push((run.spans.durationNs[span] ?? 0) / NS_PER_SECOND);
  }
  if (!any) return null;
  const metric = (stage: string, values: readonly number[]): MeasuredMetric => ({
    stage,
    metric: 'seconds',
    kind: 'time',
    unit: 's',
    better: 'lower',
    values,
    work: null,
  });
  return [
    ...Array.from(independent, ([name, values]) => metric(name, values)),
    ...Array.from(rounds, ([name, values]) => metric(name, [median(values)])),
  ];
}
