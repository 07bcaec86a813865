import { attributeOf } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import { type Run, stringOf } from '../model/run.ts';
import { stageSpans } from '../report/stageSpans.ts';
import { stageTable } from '../report/stageTable.ts';
import { benchmarkMetrics } from './benchmarkMetrics.ts';
import { counterMetrics } from './counterMetrics.ts';
import { exactMetrics } from './exactMetrics.ts';
import type { RunMetrics } from './metric.ts';
import { timeMetrics } from './timeMetrics.ts';

/** All that a run can be compared by. One pass over its spans for each kind. */
export function metricsOf(run: Run): RunMetrics {
  const benchmarks = benchmarkMetrics(run);
  if (benchmarks !== null) {
    const stages = benchmarks.map(({ stage }) => stage);
    return { measured: benchmarks, exact: [], stages, units: new Map() };
  }
  const table = run.weights === null ? stageTable(run) : [];
  const stages = table.length === 0 ? [] : stageSpans(run);
  const units = new Map<string, ReadonlySet<string>>();
  for (const { stage, units: spans } of stages) {
    const ids = spans
      .map((span) => attributeOf(run, span, ATTRIBUTE.unit))
      .filter((id) => typeof id === 'string');
    if (ids.length > 0) units.set(stage, new Set(ids));
  }
  return {
    measured: [...timeMetrics(run, table), ...counterMetrics(run)],
    exact: exactMetrics(run),
    stages: stages.map(({ stage }) => stage),
    units,
    ...(table.length === 0 && run.weights === null ? { extents: extentsOf(run) } : {}),
  };
}

function extentsOf(run: Run): Map<string, readonly [number, number]> {
  const { startNs, durationNs, nameId } = run.spans;
  const first = new Float64Array(run.strings.length).fill(Infinity);
  const last = new Float64Array(run.strings.length);
  for (let span = 0; span < startNs.length; span += 1) {
    const name = nameId[span] ?? 0;
    const start = startNs[span] ?? 0;
    first[name] = Math.min(first[name] ?? Infinity, start);
    last[name] = Math.max(last[name] ?? 0, start + (durationNs[span] ?? 0));
  }
  const extents = new Map<string, readonly [number, number]>();
  first.forEach((start, name) => {
    if (start < Infinity) extents.set(stringOf(run, name), [start, last[name] ?? start]);
  });
  return extents;
}
