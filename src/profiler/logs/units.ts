/** Seconds of a unit of time, by the words that logs use. */
const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  nanos: 1e-9,
  nsec: 1e-9,
  nanosecond: 1e-9,
  nanoseconds: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  usec: 1e-6,
  usecs: 1e-6,
  micros: 1e-6,
  microsecond: 1e-6,
  microseconds: 1e-6,
  ms: 1e-3,
  msec: 1e-3,
  msecs: 1e-3,
  millis: 1e-3,
  millisecond: 1e-3,
  milliseconds: 1e-3,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  sekunde: 1,
  sekunden: 1,
  segundos: 1,
  secondes: 1,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  minuten: 60,
  minutos: 60,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  stunde: 3600,
  stunden: 3600,
  horas: 3600,
  heures: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/** Units of time that are too short a word to stand apart from their number: `5m` is minutes, `5 m` may be metres. */
const SECONDS_ADJACENT: Readonly<Record<string, number>> = { m: 60 };

const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  kilobytes: 1e3,
  megabytes: 1e6,
  gigabytes: 1e9,
};

const own = (table: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Seconds of a unit of time, or undefined for another word. `adjacent`: it touches its number. */
export function secondsOf(word: string, adjacent = false): number | undefined {
  const lower = word.toLowerCase();
  return own(SECONDS, lower) ?? (adjacent ? own(SECONDS_ADJACENT, lower) : undefined);
}

/** Bytes of a unit of size, or undefined for another word. */
export function bytesOf(word: string): number | undefined {
  return own(BYTES, word.toLowerCase());
}

/** A number of something in a span of time, in the base units. */
export interface RateUnit {
  /** `texts/s`, `B/s`, `x`, `h/h`. */
  readonly unit: string;
  readonly factor: number;
  /** Whether the line tells time for each item (`2.3 s/it`): the value is `factor / number`. */
  readonly inverse: boolean;
}

const SHORT_RATES: Readonly<Record<string, string>> = {
  rps: 'requests/s',
  qps: 'queries/s',
  tps: 'transactions/s',
  fps: 'frames/s',
  ops: 'ops/s',
};

const BITS: Readonly<Record<string, number>> = {
  bps: 1 / 8,
  kbps: 1e3 / 8,
  mbps: 1e6 / 8,
  gbps: 1e9 / 8,
};

/** The unit of a rate that is one word: `fps`, `Mbps`. */
export function shortRateUnit(word: string): RateUnit | undefined {
  const lower = word.toLowerCase();
  const bits = own(BITS, lower);
  if (bits !== undefined) return { unit: 'B/s', factor: bits, inverse: false };
  const unit = Object.hasOwn(SHORT_RATES, lower) ? SHORT_RATES[lower] : undefined;
  return unit === undefined ? undefined : { unit, factor: 1, inverse: false };
}

/**
 * The unit of a rate in two parts: `texts` per `s`, `MB` per `sec`, `hours audio` per `hour`, `s` per `it`.
 *
 * @param items what stands before the slash or `per`, in one or two words; empty for `12 per second`.
 */
export function rateUnit(items: readonly string[], per: string): RateUnit | undefined {
  const seconds = secondsOf(per);
  const [first = ''] = items;
  const timeAbove = secondsOf(first);
  if (seconds === undefined) {
    if (timeAbove === undefined || items.length > 1) return undefined;
    return { unit: `${per.toLowerCase()}/s`, factor: 1 / timeAbove, inverse: true };
  }
  if (timeAbove !== undefined) {
    return { unit: 'h/h', factor: timeAbove / seconds, inverse: false };
  }
  const bytes = items.length === 1 ? bytesOf(first) : undefined;
  if (bytes !== undefined) return { unit: 'B/s', factor: bytes / seconds, inverse: false };
  const name = items.join(' ').toLowerCase();
  return { unit: `${name === '' ? '' : name}/s`, factor: 1 / seconds, inverse: false };
}
