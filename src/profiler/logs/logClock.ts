import type { TimeStamp } from './timeStamp.ts';

const DAY = 86_400;
/** A time of the day that is this much earlier than the one before belongs to the next day. */
const ROLL_OVER = DAY / 2;

/** A point in time: Unix seconds and nanoseconds where `dated`, else seconds after some midnight or start. */
export interface LogTime {
  readonly dated: boolean;
  readonly seconds: number;
  readonly nanos: number;
}

/** Puts the time stamps of one log, in order, on one clock: fills in the year, and the days of times without a date. */
export class LogClock {
  #days = 0;
  #last = -1;
  #year: number;
  #lastYearless = -1;
  readonly #today: number;

  /** @param nowSeconds Unix time: a date without a year is the last one before it. */
  constructor(nowSeconds: number) {
    this.#today = nowSeconds + DAY;
    this.#year = new Date(this.#today * 1000).getUTCFullYear();
  }

  read(stamp: TimeStamp): LogTime {
    const { kind, seconds, nanos } = stamp;
    if (kind === 'dated') return { dated: true, seconds, nanos };
    if (kind === 'uptime') return { dated: false, seconds, nanos };
    if (kind === 'yearless') return { dated: true, seconds: this.#withYear(seconds), nanos };
    if (this.#last >= 0 && seconds < this.#last - ROLL_OVER) this.#days += 1;
    // A line that comes late, just after midnight, still belongs to the day before.
    const late = this.#days > 0 && seconds > this.#last + ROLL_OVER;
    if (!late) this.#last = seconds;
    return { dated: false, seconds: seconds + (this.#days - (late ? 1 : 0)) * DAY, nanos };
  }

  #withYear(seconds: number): number {
    if (this.#lastYearless >= 0 && seconds < this.#lastYearless - 180 * DAY) this.#year += 1;
    const date = new Date(seconds * 1000);
    date.setUTCFullYear(this.#year);
    let result = date.getTime() / 1000;
    if (this.#lastYearless < 0 && result > this.#today) {
      this.#year -= 1;
      date.setUTCFullYear(this.#year);
      result = date.getTime() / 1000;
    }
    this.#lastYearless = seconds;
    return result;
  }
}
