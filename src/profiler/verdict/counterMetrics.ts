import type { Run } from '../model/run.ts';
import { type MeasuredMetric, WHOLE_RUN } from './metric.ts';

const MOST_COUNTERS = 40;

/** Peak of each memory counter, mean of every other one over its samples. */
export function counterMetrics(run: Run): MeasuredMetric[] {
  const metrics = new Map<string, MeasuredMetric>();
  for (const { name, unit, values } of run.counters.slice(0, MOST_COUNTERS)) {
    if (values.length === 0) continue;
    const memory = unit === 'By' && /mem|rss|pss|heap/iu.test(name);
    const metric = memory ? `peak:${name}` : `mean:${name}`;
    const value = memory
      ? values.reduce((most, each) => Math.max(most, each), -Infinity)
      : values.reduce((sum, each) => sum + each, 0) / values.length;
    // Equally named ones of several tracks: the first stands for them.
    if (metrics.has(metric)) continue;
    metrics.set(metric, {
      stage: WHOLE_RUN,
      metric,
      kind: memory ? 'memory' : 'counter',
      unit,
      better: memory ? 'lower' : 'none',
      values: [value],
      work: null,
    });
  }
  return [...metrics.values()];
}
