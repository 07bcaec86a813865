import type { SideOrder } from '../stats/blocks.ts';
import type { MeasuredMetric, RunMetrics } from './metric.ts';

/** The values of one measured metric in both sets of runs. */
export interface SamplePair extends Pick<
  MeasuredMetric,
  'stage' | 'metric' | 'kind' | 'unit' | 'better'
> {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Which side each value of the interleaved series is of; null where that is not known, or they took no turns. */
  readonly order: SideOrder | null;
}

const keyOf = ({ stage, metric }: { stage: string; metric: string }): string =>
  JSON.stringify([stage, metric]);

/**
 * Pairs up the measured metrics of two sets, in the order of the first run that has each. Where runs worked on different
 * amounts, times are divided by them. Values that are no finite number or negative are left out.
 *
 * @param order of the runs, if they are interleaved; each side is then in the order in which it was made
 */
export function samplePairs(
  a: readonly RunMetrics[],
  b: readonly RunMetrics[],
  order: SideOrder | null = null,
): SamplePair[] {
  const inA = gather(a);
  const inB = gather(b);
  const pairs: SamplePair[] = [];
  for (const key of new Set([...inA.keys(), ...inB.keys()])) {
    const ofA = inA.get(key) ?? [];
    const ofB = inB.get(key) ?? [];
    const [first] = [...ofA, ...ofB];
    if (first === undefined) continue;
    const divide = worksDiffer([...ofA, ...ofB]);
    const { stage, metric, kind, better } = first;
    const unit = divide ? `${first.unit}/${first.work?.unit ?? ''}` : first.unit;
    pairs.push({
      stage,
      metric,
      kind,
      better,
      unit,
      a: valuesOf(ofA, divide),
      b: valuesOf(ofB, divide),
      order: order === null ? null : orderOf(key, a, b, order),
    });
  }
  return pairs;
}

/** The order of those runs that have the metric; null where one has several values, which are of no order. */
function orderOf(
  key: string,
  a: readonly RunMetrics[],
  b: readonly RunMetrics[],
  order: SideOrder,
): SideOrder | null {
  const counts = [a, b].map((runs) =>
    runs.map(
      ({ measured }) =>
        measured.filter((metric) => keyOf(metric) === key).flatMap(validValues).length,
    ),
  );
  if (counts.flat().some((count) => count > 1)) return null;
  const next = [0, 0];
  return order.filter((isB) => {
    const side = isB ? 1 : 0;
    const run = next[side] ?? 0;
    next[side] = run + 1;
    return counts[side]?.[run] === 1;
  });
}

function gather(runs: readonly RunMetrics[]): Map<string, MeasuredMetric[]> {
  const metrics = new Map<string, MeasuredMetric[]>();
  for (const run of runs) {
    for (const metric of run.measured) {
      const known = metrics.get(keyOf(metric)) ?? [];
      metrics.set(keyOf(metric), known);
      known.push(metric);
    }
  }
  return metrics;
}

/** Whether all state how much they worked on, in one unit, and not all the same. */
function worksDiffer(metrics: readonly MeasuredMetric[]): boolean {
  const [first] = metrics;
  const unit = first?.work?.unit;
  if (unit === undefined) return false;
  if (!metrics.every(({ work }) => work?.unit === unit && work.amount > 0)) return false;
  return metrics.some(({ work }) => work?.amount !== first?.work?.amount);
}

function valuesOf(metrics: readonly MeasuredMetric[], divide: boolean): number[] {
  return metrics.flatMap((metric) => {
    const amount = divide ? (metric.work?.amount ?? 1) : 1;
    return validValues(metric).map((value) => value / amount);
  });
}

function validValues({ values }: MeasuredMetric): number[] {
  return values.filter((value) => Number.isFinite(value) && value >= 0);
}
