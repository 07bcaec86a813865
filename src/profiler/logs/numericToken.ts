import { readDecimal } from './decimal.ts';
import { secondsOf } from './units.ts';

/** What a token that begins with a digit says by itself. */
export interface NumericToken {
  readonly value: number;
  /** Upper end of `5-6`. */
  readonly upper: number | null;
  /** The whole of `508/1494`. */
  readonly of: number | null;
  /** What follows the number in the same token: `s`, `%`, `it/s`. */
  readonly rest: string;
  /** Whether it was written with a decimal mark. */
  readonly fraction: boolean;
}

const NUMBER = "\\d+(?:[.,'_\u00a0\u202f]\\d+)*(?:[eE][+-]?\\d{1,3}(?![\\p{L}\\d]))?|\\.\\d+";
const NUMERIC = new RegExp(
  `^[~≈≃+$€£]?(-?(?:${NUMBER}))(?:(?:[-–—~]|\\.\\.)(${NUMBER}))?(.*)$`,
  'u',
);
const OVER = new RegExp(`^/(${NUMBER})(.*)$`, 'u');
/** What follows the 5 of `5m..6m`, `10%-20%`. */
const UNIT_TWICE = new RegExp(`^(%|\\p{L}{1,7})(?:\\.\\.\\.?|[-–—~])(${NUMBER})\\1$`, 'u');
const COMPOUND =
  /^(?:(\d+)d)?(?:(\d+)h(?:r|rs)?)?(?:(\d+)m(?:in|ins)?)?(?:(\d+(?:[.,]\d+)?)s(?:ec|ecs)?)?(?:(\d+(?:\.\d+)?)ms)?$/iu;
const ISO_DURATION =
  /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/u;

/** Reads a token that begins with a digit; null where it is a name, a version or the like. */
export function readNumeric(text: string): NumericToken | null {
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  const [, first = '', second, rest = ''] = match;
  const value = readDecimal(first.startsWith('.') ? `0${first}` : first);
  if (value === null) return null;
  const fraction = /[.,]/u.test(first);
  if (second === undefined) {
    const [, unit = '', end] = UNIT_TWICE.exec(rest) ?? [];
    const high = end === undefined ? null : readDecimal(end);
    if (high !== null && high >= value)
      return { value, upper: high, of: null, rest: unit, fraction };
  }
  const upper = second === undefined ? null : readDecimal(second);
  if (upper !== null && upper < value) return null;
  const over = upper === null ? OVER.exec(rest) : null;
  if (over !== null) {
    const of = readDecimal(over[1] ?? '');
    return of === null ? null : { value, upper: null, of, rest: over[2] ?? '', fraction };
  }
  if (/^[.,:'_-]|\d/u.test(rest) && !/^-\p{L}+$/u.test(rest)) return null;
  return { value, upper, of: null, rest, fraction };
}

/** Seconds of `1m30s`, `1h02m`, `2d3h`, `PT5M`: two units at least, or an ISO-8601 duration; else null. */
export function readCompoundDuration(text: string): number | null {
  const iso = text.length > 2 ? ISO_DURATION.exec(text) : null;
  if (iso !== null) return sum(iso, [86_400, 3600, 60, 1]);
  const parts = COMPOUND.exec(text);
  if (parts === null || parts.slice(1).filter(Boolean).length < 2) return null;
  return sum(parts, [86_400, 3600, 60, 1, 1e-3]);
}

function sum(match: RegExpExecArray, seconds: readonly number[]): number {
  return seconds.reduce(
    (total, each, i) => total + (readDecimal(match[i + 1] ?? '0') ?? 0) * each,
    0,
  );
}

/** Seconds of `0:04:12` (hours first) or `16:30` (minutes first). */
export function readClock(text: string): number {
  const parts = text.replace(',', '.').split(':').map(Number);
  return parts.reduce((total, part) => total * 60 + part, 0);
}

/** Seconds of a unit that may be written with a hyphen (`8-second`). */
export function adjacentSeconds(rest: string): number | undefined {
  return secondsOf(rest.startsWith('-') ? rest.slice(1) : rest, true);
}
