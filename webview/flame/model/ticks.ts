import { unitWord } from '../../shared/amounts.ts';

/** A line of the grid with what the ruler says there. */
export interface Tick {
  readonly timeNs: number;
  readonly label: string;
}

export interface Ticks {
  readonly ticks: readonly Tick[];
  /** Where labels count from a time instead of the beginning (they begin with `+`), that time; else empty. */
  readonly anchor: string;
}

const SECOND = 1e9;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps that are told in clock units; below a second they are 1, 2 and 5 of a power of ten. */
const LONG_STEPS = [1, 2, 5, 10, 15, 30]
  .map((seconds) => seconds * SECOND)
  .concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE))
  .concat([1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR));
/** Longer labels than about this many digits are told from an anchor on. */
const MOST_STEPS_FROM_ZERO = 1e7;
const STEPS_PER_ANCHOR = 1000;

const UNITS = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', SECOND],
] as const;
const BYTE_UNITS = [
  ['B', 1],
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
] as const;

/** Readable places between two times, no more than `most`. @param weightsUnit null for times, else the unit of weights */
export function ticksBetween(
  fromNs: number,
  toNs: number,
  most: number,
  weightsUnit: string | null,
): Ticks {
  const isTime = weightsUnit === null || weightsUnit === 'nanoseconds';
  const step = stepFor((toNs - fromNs) / Math.max(1, most), isTime);
  const isFar = Math.max(Math.abs(fromNs), Math.abs(toNs)) / step > MOST_STEPS_FROM_ZERO;
  const anchorStep = step * STEPS_PER_ANCHOR;
  const anchorNs = isFar ? Math.floor(fromNs / anchorStep) * anchorStep : 0;
  const largest = Math.max(Math.abs(fromNs - anchorNs), Math.abs(toNs - anchorNs));
  const labelOf = (amount: number, stepOf: number, most: number): string =>
    isTime ? timeLabel(amount, stepOf, most) : weightLabel(amount, stepOf, most, weightsUnit);
  const ticks: Tick[] = [];
  const first = Math.ceil((fromNs - anchorNs) / step);
  const last = Math.floor((toNs - anchorNs) / step);
  for (let i = first; i <= last; i += 1) {
    ticks.push({
      timeNs: anchorNs + i * step,
      label: (isFar ? '+' : '') + labelOf(i * step, step, largest),
    });
  }
  return { ticks, anchor: isFar ? labelOf(anchorNs, anchorStep, anchorNs) : '' };
}

function stepFor(least: number, isTime: boolean): number {
  if (isTime && least > SECOND / 2) {
    const long = LONG_STEPS.find((step) => step >= least);
    if (long !== undefined) return long;
    return niceStep(least / (24 * HOUR)) * 24 * HOUR;
  }
  return niceStep(least);
}

/** The least of 1, 2 and 5 times a power of ten that is at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(Number.MIN_VALUE, least)));
  return ([1, 2, 5].find((times) => times * power >= least * (1 - 1e-9)) ?? 10) * power;
}

/** A weight with the decimals that tell neighbouring steps apart; bytes in decimal units. */
function weightLabel(amount: number, step: number, largest: number, unit: string): string {
  if (unit !== 'bytes' && unit !== 'By')
    return `${decimal(amount, step)} ${unitWord(unit)}`.trimEnd();
  const [word, size] = BYTE_UNITS.findLast(([, least]) => largest >= least) ?? BYTE_UNITS[0];
  return `${decimal(amount / size, step / size)} ${word}`;
}

/** A time with the decimals that tell neighbouring steps apart; minutes and hours as on a clock. */
function timeLabel(ns: number, step: number, largest: number): string {
  if (largest < MINUTE) {
    const [unit, size] = UNITS.findLast(([, least]) => largest >= least) ?? UNITS[0];
    return `${decimal(ns / size, step / size)} ${unit}`;
  }
  const sign = ns < 0 ? '-' : '';
  const decimals = decimalsOf(step / SECOND);
  // Rounded once as a whole, so that no field shows 60.
  const shown = Number((Math.abs(ns) / SECOND).toFixed(decimals));
  const hours = Math.floor(shown / 3600);
  const minutes = Math.floor(shown / 60) % 60;
  const seconds = (shown - hours * 3600 - minutes * 60).toFixed(decimals);
  const padded = seconds.padStart(decimals === 0 ? 2 : decimals + 3, '0');
  return hours > 0 || largest >= HOUR
    ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${padded}`
    : `${sign}${minutes}:${padded}`;
}

function decimal(value: number, step: number): string {
  return value.toFixed(decimalsOf(step)).replace(/^-(?=0(?:\.0*)?$)/u, '');
}

/** Decimals that tell multiples of a step apart, at most 9. */
function decimalsOf(step: number): number {
  return Math.min(9, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}
