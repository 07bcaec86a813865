import type { AttributeValue } from '../../model/attributes.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { TrackId } from '../../model/units.ts';
import type { MetricRecord } from './otlpRecords.ts';

/** Most time series of one run: attributes that never repeat would make one for each point. */
const MAX_SERIES = 10_000;

/**
 * Turns data points into counters: one for each metric, process and set of attributes, named `name{key=value}`. A
 * histogram or summary gives two, `name.count` and `name.sum`. Points that count from the point before are summed up, so
 * that every counter counts from the start.
 */
export class MetricCounters {
  readonly #builder: RunBuilder;
  readonly #totals = new Map<string, number>();

  constructor(builder: RunBuilder) {
    this.#builder = builder;
  }

  /** @param offsetNs added to the times. */
  add(metric: MetricRecord, track: TrackId, offsetNs: number): void {
    for (const point of metric.points) {
      const labels = labelsOf(point.attributes);
      const timeNs = point.timeNs + offsetNs;
      const put = (name: string, unit: string, value: number | null): void => {
        if (value !== null) this.#sample(metric, name + labels, unit, track, timeNs, value);
      };
      if (point.empty) continue;
      if (metric.kind === 'gauge' || metric.kind === 'sum') {
        put(metric.name, metric.unit, point.value ?? Number.NaN);
      } else {
        put(`${metric.name}.count`, '1', point.count);
        put(`${metric.name}.sum`, metric.unit, point.sum);
      }
    }
  }

  #sample(
    metric: MetricRecord,
    name: string,
    unit: string,
    track: TrackId,
    timeNs: number,
    value: number,
  ): void {
    const key = JSON.stringify([track, unit, name]);
    const before = this.#totals.get(key);
    const full = before === undefined && this.#totals.size >= MAX_SERIES;
    const total = metric.delta && before !== undefined ? before + value : value;
    if (full || !Number.isFinite(timeNs) || !Number.isFinite(total)) {
      this.#builder.drop('droppedSamples');
      return;
    }
    this.#totals.set(key, total);
    this.#builder.addSample(name, unit, track, timeNs, total);
  }
}

function labelsOf(attributes: Record<string, AttributeValue>): string {
  const keys = Object.keys(attributes).sort();
  if (keys.length === 0) return '';
  const pairs = keys.map((key) => {
    const value = attributes[key];
    return `${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  });
  return `{${pairs.join(',')}}`;
}
