import type { LogSummary, Measurement } from '../../model/logSummary.ts';
import { SECONDS_PER_HOUR, quantityOf, unitKey } from './quantities.ts';
import { meaningful } from '../vocabulary.ts';
import { overlapOf, wordsOf } from '../words.ts';
import { impliedRatios } from './impliedRatios.ts';
import { tellsInputLength } from './inputLength.ts';
import { TargetLines, onOneLine } from './targetLines.ts';
import { isOfWholeRun } from './wholeRun.ts';

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
  for (const measurement of [...log.measurements, ...impliedRatios(log.measurements)]) {
    const statement = statementOf(measurement);
    if (statement === null) continue;
    if (measurement.role === 'target' || isWanted(statement)) wanted.push(statement);
    else if (measurement.role === 'actual') actuals.push(statement);
  }
  const lines = new TargetLines(actuals);
  // The length of the input says nothing of the time that was wanted for it.
  const results = actuals.filter((each) => !tellsInputLength(each));
  // Repeats first: what became of a target is looked for among all figures.
  const told = withoutRepeats(
    wanted.map((target) => ({ ...target, direction: directionOf(target) })),
  );
  const targets = told.map((target) => ({ ...target, actual: actualFor(target, results, lines) }));
  return { targets, actuals };
}

function statementOf(measurement: Measurement): Statement | null {
  const { upper, of, kind } = measurement;
  const quantity = quantityOf(measurement);
  // `40 hours of audio per hour` is no time of 40 hours.
  const factor = kind === 'duration' && quantity === 'hours per hour' ? 1 / SECONDS_PER_HOUR : 1;
  const value = measurement.value === null ? null : measurement.value * factor;
  if (value === null || kind === 'device' || kind === 'resource') return null;
  if (kind === 'ratio' && !(of !== null && of > 0)) return null;
  const low = kind === 'ratio' && of !== null ? value / of : value;
  return {
    measurement,
    words: meaningful(wordsOf(measurement.label)),
    low,
    high: kind === 'ratio' || upper === null ? low : upper * factor,
    quantity,
  };
}

/** What stands in front of a share that is the least one, or of a range that is the usual one. */
const LEAST =
  /(?:minimum|min\.?|at least|no less than|required|needed|mindestens|mind\.)\W{0,3}(?:of |is )?$/iu;
const USUAL =
  /(?:normal|normally|usual|usually|typical|typically|nominal)\W{0,3}(?:is |are |being )?$/iu;

/** A figure that the line calls the least or the usual one is no result. */
function isWanted({ measurement, quantity, low, high }: Statement): boolean {
  const { kind, quote } = measurement;
  const pattern =
    kind === 'percentage' ? LEAST : quantity.startsWith('rate ') && low < high ? USUAL : null;
  if (pattern === null) return false;
  const scale = kind === 'percentage' ? 100 : 1;
  for (const match of quote.matchAll(/\d+(?:[.,]\d+)?/gu)) {
    const value = Number(match[0].replace(',', '.')) / scale;
    if (Math.abs(value - low) < 1e-9 && pattern.test(quote.slice(0, match.index))) return true;
  }
  return false;
}

/** Where the line does not say: time is to be short, shares and rates are to be high. */
function directionOf({ measurement, quantity, low, high }: Statement): 'at-most' | 'at-least' {
  // A range of a rate tells what is normal: nobody minds more.
  if (quantity.startsWith('rate ') && low < high) return 'at-least';
  if (measurement.direction !== null) return measurement.direction;
  return quantity === 'duration' || quantity === 'size' || quantity === 'real-time factor'
    ? 'at-most'
    : 'at-least';
}

/**
 * The figure that says what became of a target: one of the same quantity, on its line or with its words. Of several the
 * one with most words in common, then the last one of the log.
 */
function actualFor(
  target: Statement,
  actuals: readonly Statement[],
  lines: TargetLines,
): Statement | null {
  let best: Statement | null = null;
  let bestScore = 0;
  for (const actual of actuals) {
    if (actual.quantity !== target.quantity) continue;
    const score = lines.isBelow(target, actual) ? BELOW : likeness(target, actual);
    if (score > 0 && (score > bestScore || (score === bestScore && !isFirst(best, actual)))) {
      best = actual;
      bestScore = score;
    }
  }
  return best ?? onlyOneOf(target, actuals) ?? totalFor(target, actuals);
}

/** How alike a figure and a target on the line below it are: more than by words, less than on one line. */
const BELOW = 1.5;

/** Of several figures of one line the first is what the line tells. */
function isFirst(best: Statement | null, { measurement }: Statement): boolean {
  return best !== null && onOneLine(best.measurement, measurement);
}

/** The time of the run for a target that speaks of the run. */
function totalFor(target: Statement, actuals: readonly Statement[]): Statement | null {
  if (target.quantity !== 'duration' || !isOfWholeRun(target)) return null;
  return actuals.findLast((each) => each.quantity === 'duration' && isOfWholeRun(each)) ?? null;
}

/** Where nothing else of the log has the unit of a rate, that unit says what is meant. */
function onlyOneOf(target: Statement, actuals: readonly Statement[]): Statement | null {
  if (!isUnitTelling(target.measurement)) return null;
  const same = actuals.filter(
    (actual) => actual.quantity === target.quantity && isPart(actual) === isPart(target),
  );
  const labels = new Set(same.map(({ measurement }) => measurement.label));
  return labels.size === 1 ? (same.at(-1) ?? null) : null;
}

/** Whether a figure speaks of a part of the run, as far as its words tell. */
function isPart(statement: Statement): boolean {
  return !isOfWholeRun(statement);
}

function isUnitTelling({ kind, unit }: Measurement): boolean {
  return kind === 'rate' && !['', 'x', '/s'].includes(unitKey(unit));
}

/** Least share of common words at which two labels speak of the same thing. */
const SAME_THING = 0.6;

function likeness(target: Statement, actual: Statement): number {
  const [t, a] = [target.measurement, actual.measurement];
  if (onOneLine(t, a)) return 2;
  if (isPart(target) !== isPart(actual) && target.quantity.startsWith('rate ')) return 0;
  const common = overlapOf(target.words, actual.words);
  if (common >= SAME_THING) return common;
  const silent = target.words.length === 0 || actual.words.length === 0;
  if (isUnitTelling(t) && (silent || common > 0)) return 0.5;
  return 0;
}

function withoutRepeats<T extends Omit<StatedTarget, 'actual'>>(targets: readonly T[]): T[] {
  const seen = new Map<string, T>();
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
