import { GrowingColumn } from './growingColumn.ts';
import { ProfilerError } from './profilerError.ts';
import type { Counter } from './run.ts';
import { MAX_TIME_NS } from './spanStore.ts';
import type { TrackId } from './units.ts';

interface OpenCounter {
  readonly name: string;
  readonly unit: string;
  readonly trackId: TrackId;
  readonly timesNs: GrowingColumn<Float64Array>;
  readonly values: GrowingColumn<Float64Array>;
}

/** The counters of a run under construction: one for each name, unit and track. */
export class CounterStore {
  readonly #counters = new Map<string, OpenCounter>();
  #earliestNs = Infinity;
  #count = 0;

  /** Samples of all counters. */
  get count(): number {
    return this.#count;
  }

  /** Time of the earliest sample; infinite without samples. */
  get earliestNs(): number {
    return this.#earliestNs;
  }

  /** Throws `counter.invalid-value` where the time or the value is no finite number. */
  add(name: string, unit: string, trackId: TrackId, timeNs: number, value: number): void {
    if (!(Math.abs(timeNs) <= MAX_TIME_NS) || !Number.isFinite(value)) {
      throw new ProfilerError('counter.invalid-value', `${name} is ${value} at ${timeNs} ns.`);
    }
    const key = JSON.stringify([name, unit, trackId]);
    let counter = this.#counters.get(key);
    if (counter === undefined) {
      counter = {
        name,
        unit,
        trackId,
        timesNs: new GrowingColumn((n) => new Float64Array(n)),
        values: new GrowingColumn((n) => new Float64Array(n)),
      };
      this.#counters.set(key, counter);
    }
    counter.timesNs.push(timeNs);
    counter.values.push(value);
    this.#count += 1;
    this.#earliestNs = Math.min(this.#earliestNs, timeNs);
  }

  /** The counters, samples ordered by time, `shiftNs` subtracted. */
  finish(shiftNs: number): Counter[] {
    return Array.from(this.#counters.values(), (counter) => {
      const times = counter.timesNs.view();
      const order = Uint32Array.from({ length: times.length }, (_, i) => i);
      order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      return {
        name: counter.name.toWellFormed(),
        unit: counter.unit.toWellFormed(),
        trackId: counter.trackId,
        timesNs: Float64Array.from(order, (i) => (times[i] ?? 0) - shiftNs),
        values: Float64Array.from(order, (i) => counter.values.get(i)),
      };
    });
  }
}
