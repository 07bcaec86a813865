import type { RunBuilder } from '../model/runBuilder.ts';
import type { TrackId } from '../model/units.ts';
import type { Extracted } from './extract.ts';
import type { OpenTemplate } from './templates.ts';

/** Lines of a template from which on its figures are a series. */
const SERIES_FROM = 3;
const MAX_SERIES = 500;
const MAX_SAMPLES = 300_000;

interface Series {
  readonly name: string;
  readonly unit: string;
  readonly waiting: [number, number][];
}

/** Makes time series of the figures that lines of one template tell again and again: rates, shares, depths of queues. */
export class LogCounters {
  readonly #builder: RunBuilder;
  readonly #track: TrackId;
  readonly #series = new Map<OpenTemplate, Map<string, Series>>();
  #count = 0;
  #samples = 0;

  constructor(builder: RunBuilder, track: TrackId) {
    this.#builder = builder;
    this.#track = track;
  }

  add(template: OpenTemplate, measurements: readonly Extracted[], timeNs: number): void {
    measurements.forEach((each, i) => {
      const { kind, role, value, label, of } = each;
      if (role !== 'actual' || value === null || kind === 'duration' || kind === 'size') return;
      const sample = kind === 'ratio' && of !== null && of > 0 ? value / of : value;
      this.#sample(template, `${i} ${label}`, each, timeNs, sample);
    });
  }

  #sample(
    template: OpenTemplate,
    key: string,
    found: Extracted,
    timeNs: number,
    value: number,
  ): void {
    const all = this.#series.get(template) ?? new Map<string, Series>();
    this.#series.set(template, all);
    let series = all.get(key);
    if (series === undefined) {
      if (this.#count >= MAX_SERIES) return;
      this.#count += 1;
      series = {
        name: found.label === '' ? found.kind : found.label,
        unit: unitOf(found),
        waiting: [],
      };
      all.set(key, series);
    }
    const { waiting } = series;
    if (waiting.length < SERIES_FROM) {
      waiting.push([timeNs, value]);
      if (waiting.length < SERIES_FROM) return;
      for (const [at, each] of waiting) this.#add(series, at, each);
      return;
    }
    this.#add(series, timeNs, value);
  }

  #add({ name, unit }: Series, timeNs: number, value: number): void {
    if (this.#samples >= MAX_SAMPLES) {
      this.#builder.drop('droppedSamples');
      return;
    }
    this.#samples += 1;
    this.#builder.addSample(name, unit, this.#track, timeNs, value);
  }
}

/** UCUM, as OpenTelemetry writes it: shares without a unit, what is counted in braces. */
function unitOf({ kind, unit }: Extracted): string {
  if (kind === 'percentage' || kind === 'ratio' || unit === '' || unit === 'x' || unit === 'h/h')
    return '1';
  if (kind === 'rate') return unit === 'B/s' ? 'By/s' : `{${unit.replace(/\/s$/u, '')}}/s`;
  return `{${unit}}`;
}
