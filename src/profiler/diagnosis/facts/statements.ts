import type { LogSummary, Measurement } from '../../model/logSummary.ts';
import { meaningful } from '../vocabulary.ts';
import { overlapOf, wordsOf } from '../words.ts';

/** A figure with the words that say what it is. */
export interface Statement {
  readonly measurement: Measurement;
  /** The words of the label that carry meaning. */
  readonly words: readonly string[];
  /** The figure; both ends of a range. A ratio is its share. */
  readonly low: number;
  readonly high: number;
  /** What may be compared: equal quantities have equal units. */
  readonly quantity: string;
}

/** A figure that was asked for. */
export interface StatedTarget extends Statement {
  readonly direction: 'at-most' | 'at-least';
  /** The last figure of the log that says what became of it, or null. */
  readonly actual: Statement | null;
}

export interface Statements {
  readonly targets: readonly StatedTarget[];
  /** All figures that say what was, in the order of the log. */
  readonly actuals: readonly Statement[];
}

/** The figures of a log: what was wanted and what was. */
export function statementsOf(log: LogSummary | null): Statements {
  if (log === null) return { targets: [], actuals: [] };
  const wanted: Statement[] = [];
  const actuals: Statement[] = [];
  for (const measurement of log.measurements) {
    const statement = statementOf(measurement);
    if (statement === null) continue;
    if (measurement.role === 'target') wanted.push(statement);
    else if (measurement.role === 'actual') actuals.push(statement);
  }
  const targets = wanted.map((target) => ({
    ...target,
    direction: directionOf(target),
    actual: actualFor(target, actuals),
  }));
  return { targets: withoutRepeats(targets), actuals };
}

function statementOf(measurement: Measurement): Statement | null {
  const { value, upper, of, kind } = measurement;
  if (value === null || kind === 'device' || kind === 'resource') return null;
  if (kind === 'ratio' && !(of !== null && of > 0)) return null;
  const low = kind === 'ratio' && of !== null ? value / of : value;
  return {
    measurement,
    words: meaningful(wordsOf(measurement.label)),
    low,
    high: kind === 'ratio' ? low : (upper ?? low),
    quantity: quantityOf(measurement),
  };
}

/** Shares are one quantity, however they are told; durations are; rates and counts are by what they count. */
function quantityOf({ kind, unit, label }: Measurement): string {
  if (kind === 'ratio' || kind === 'percentage') return 'share';
  if (kind === 'duration' || kind === 'size') return kind;
  if (isRealTimeFactor(label, unit)) return 'real-time factor';
  if (isHoursPerHour(label, unit)) return 'hours per hour';
  return `${kind} ${unitKey(unit)}`;
}

/** Units of the same thing in one spelling: `texts/sec` and `text/s`. */
export function unitKey(unit: string): string {
  return unit
    .toLowerCase()
    .replaceAll(/\bper\b/gu, '/')
    .replaceAll(/\s+/gu, '')
    .replace(/\/(?:s|sec|second|seconds)$/u, '/s')
    .replace(/s(?=\/|$)/u, '');
}

/** Seconds of work for each second of input. */
export function isRealTimeFactor(label: string, unit: string): boolean {
  return /\brtf\b|real.?time factor|echtzeitfaktor|facteur temps/iu.test(`${label} ${unit}`);
}

/** Hours of input in an hour of work. */
export function isHoursPerHour(label: string, unit: string): boolean {
  return /\b(?:hours?|hrs?|h|stunden?|std)\b[^/]*(?:\/|\bper\b|\ban\b|\bpro\b|\bje\b)\s*(?:hours?|hrs?|h|stunde|std)\b/iu.test(
    `${label} ${unit}`,
  );
}

/** Where the line does not say: time is to be short, shares and rates are to be high. */
function directionOf({ measurement, quantity }: Statement): 'at-most' | 'at-least' {
  if (measurement.direction !== null) return measurement.direction;
  return quantity === 'duration' || quantity === 'size' || quantity === 'real-time factor'
    ? 'at-most'
    : 'at-least';
}

/**
 * The figure that says what became of a target: one of the same quantity, on its line or with its words. Of several the
 * one with most words in common, then the last one of the log.
 */
function actualFor(target: Statement, actuals: readonly Statement[]): Statement | null {
  let best: Statement | null = null;
  let bestScore = 0;
  for (const actual of actuals) {
    if (actual.quantity !== target.quantity) continue;
    const score = likeness(target, actual);
    if (score > 0 && score >= bestScore) {
      best = actual;
      bestScore = score;
    }
  }
  return best;
}

/** Least share of common words at which two labels speak of the same thing. */
const SAME_THING = 0.6;

function likeness(target: Statement, actual: Statement): number {
  const [t, a] = [target.measurement, actual.measurement];
  if (t.file === a.file && t.line === a.line) return 2;
  const unitSaysIt = t.kind === 'rate' && unitKey(t.unit) !== '' && unitKey(t.unit) !== 'x';
  const common = overlapOf(target.words, actual.words);
  if (common >= SAME_THING) return common;
  const silent = target.words.length === 0 || actual.words.length === 0;
  if (unitSaysIt && (silent || common > 0)) return 0.5;
  return 0;
}

function withoutRepeats(targets: readonly StatedTarget[]): StatedTarget[] {
  const seen = new Map<string, StatedTarget>();
  for (const target of targets) {
    const { words, quantity, low, high, direction } = target;
    seen.set(JSON.stringify([words, quantity, low, high, direction]), target);
  }
  return [...seen.values()];
}

/** Whether a figure keeps what was asked for. A range is kept at its easier end. */
export function isMet(target: StatedTarget, actual: Statement): boolean {
  const [limitLow, limitHigh] = [target.low, target.high];
  return target.direction === 'at-most'
    ? Math.min(actual.low, actual.high) <= Math.max(limitLow, limitHigh)
    : Math.max(actual.low, actual.high) >= Math.min(limitLow, limitHigh);
}
