import { NS_PER_SECOND } from '../model/units.ts';
import { LogClock } from './logClock.ts';
import type { TimeStamp } from './timeStamp.ts';

export interface TimelineOptions {
  /** Whether the time of a line stands in it, or is when it arrived. */
  readonly clock: 'text' | 'arrival';
  /** Unix time of the time 0. */
  readonly epochNs: bigint;
  /** To be added to all times. */
  readonly offsetNs: number;
  /** Unix time in seconds; a date without a year is the last one before it. */
  readonly nowSeconds: number;
}

/** The time of each line of a log, in nanoseconds after the run's epoch: a line without one has that of the one before. */
export class LogTimeline {
  readonly #options: TimelineOptions;
  readonly #clock: LogClock;
  readonly #epochSeconds: number;
  readonly #epochNanos: number;
  #nowNs: number | null = null;
  #undatedBase: number | null = null;

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.#clock = new LogClock(options.nowSeconds);
    this.#epochSeconds = Number(options.epochNs / 1_000_000_000n);
    this.#epochNanos = Number(options.epochNs % 1_000_000_000n);
  }

  /** The time of the line that is read; null where the log has none so far. */
  get nowNs(): number | null {
    return this.#nowNs;
  }

  /** Lines arrive now. Without effect in a log whose lines hold their time. */
  arrive(arrivalNs: number): void {
    if (this.#options.clock === 'arrival') this.#nowNs = arrivalNs + this.#options.offsetNs;
  }

  /** A line has a time of its own. Without effect where the time of arrival counts. */
  stamp(stamp: TimeStamp): void {
    const { clock, offsetNs } = this.#options;
    if (clock === 'arrival') return;
    const { dated, seconds, nanos } = this.#clock.read(stamp);
    if (dated) {
      const since = (seconds - this.#epochSeconds) * NS_PER_SECOND;
      this.#nowNs = since + nanos - this.#epochNanos + offsetNs;
      return;
    }
    const since = seconds * NS_PER_SECOND + nanos;
    // Times without a date begin where the log is by then.
    this.#undatedBase ??= (this.#nowNs ?? offsetNs) - since;
    this.#nowNs = this.#undatedBase + since;
  }
}
