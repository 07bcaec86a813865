import { factsOf } from '../diagnosis/facts/facts.ts';
import type { Run } from '../model/run.ts';
import { type ExactMetric, WHOLE_RUN } from './metric.ts';

/** How sure it must be that a span or line tells of a load. */
const LEAST_CONFIDENCE = 0.5;

/** Beginning of the metrics that count the loads of a resource after the first. */
export const RELOADS = 'reloads:';

/** Beyond so many labels they are rather the data's than the program's. */
const MOST_LABELS = 200;

/**
 * What spans and log lines of any program state of items in and out and of loads, in the words in which the diagnosis
 * reads them. Accounts are left to whoever reads them directly. Of loads those after the first are counted: a single one in a
 * log is not told from a mention.
 */
export function statedMetrics(run: Run): ExactMetric[] {
  const { callTrace, coverage, loads } = factsOf(run);
  if (callTrace) return [];
  const metrics: ExactMetric[] = [];
  const items = new Map<string, { in: number; out: number; unit: string }>();
  for (const { label, unit, itemsIn, itemsOut, origin } of coverage) {
    if (origin === 'account' || origin === 'ledger' || !(itemsIn > 0)) continue;
    const known = items.get(label) ?? { in: 0, out: 0, unit };
    items.set(label, { in: known.in + itemsIn, out: known.out + itemsOut, unit });
  }
  if (items.size <= MOST_LABELS) {
    for (const [stage, { in: itemsIn, out, unit }] of items) {
      const base = { stage, unit: unit === '' ? 'items' : unit };
      metrics.push({ ...base, metric: 'items-in', kind: 'items', better: 'none', value: itemsIn });
      metrics.push({ ...base, metric: 'items-out', kind: 'items', better: 'higher', value: out });
      const share = out / itemsIn;
      metrics.push({
        ...base,
        metric: 'coverage',
        kind: 'coverage',
        better: 'higher',
        unit: '1',
        value: share,
      });
    }
  }
  const counts = new Map<string, number>();
  for (const { resource, named, confidence } of loads) {
    if (!named || confidence < LEAST_CONFIDENCE) continue;
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  if (counts.size <= MOST_LABELS) {
    for (const [resource, count] of counts) {
      metrics.push({
        stage: WHOLE_RUN,
        metric: `${RELOADS}${resource}`,
        kind: 'loads',
        unit: 'loads',
        better: 'lower',
        value: count - 1,
      });
    }
  }
  return metrics;
}
