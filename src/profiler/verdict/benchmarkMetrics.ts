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
  const higher = new Set<string>();
  const independentTracks = new Set<number>();
  let any = false;
  for (const [, names] of spansWithAttribute(run, ATTRIBUTE.higherIsBetter)) {
    if (Array.isArray(names)) for (const name of names) higher.add(String(name));
  }
  for (const [span, replicate] of spansWithAttribute(run, ATTRIBUTE.replicate)) {
    any = true;
    if (run.spans.status[span] === SPAN_STATUS.error) continue;
    const isIndependent = replicate === REPLICATES.independent;
    if (isIndependent) independentTracks.add(run.spans.trackId[span] ?? 0);
    const target = isIndependent ? independent : rounds;
    const name = spanName(run, span);
    const values = target.get(name) ?? [];
    target.set(name, values);
    values.push((run.spans.durationNs[span] ?? 0) / NS_PER_SECOND);
  }
  if (!any) return null;
  return [
    ...Array.from(independent, ([name, values]) => seconds(name, values)),
    ...Array.from(rounds, ([name, values]) => seconds(name, [median(values)])),
    ...run.counters.flatMap(({ name, unit, trackId, values }): MeasuredMetric[] => {
      if (values.length === 0) return [];
      const better = higher.has(name) ? 'higher' : 'lower';
      const stage = run.tracks[trackId]?.name ?? name;
      const all = Array.from(values);
      const replicates = independentTracks.has(trackId) ? all : [median(all)];
      const kind = unit === 'By' ? 'memory' : 'counter';
      return [{ stage, metric: name, kind, unit, better, values: replicates, work: null }];
    }),
  ];
}

function seconds(stage: string, values: readonly number[]): MeasuredMetric {
  const [metric, kind, unit, better] = ['seconds', 'time', 's', 'lower'] as const;
  return { stage, metric, kind, unit, better, values, work: null };
}
