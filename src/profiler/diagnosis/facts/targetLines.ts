import type { Measurement } from '../../model/logSummary.ts';
import { overlapOf } from '../words.ts';
import type { Statement } from './statements.ts';

/** Lines between a figure and the line below it that says what it should be. */
const MOST_BELOW = 2;

/** Finds out which lines say nothing but what the line above them should have said. */
export class TargetLines {
  readonly #told: ReadonlySet<string>;

  /** @param actuals all figures that say what was. */
  constructor(actuals: readonly Statement[]) {
    this.#told = new Set(
      actuals
        .filter(({ measurement }) => !measurement.progress)
        .map(({ measurement: { file, line } }) => placeOf(file, line)),
    );
  }

  /**
   * Whether a target stands alone on a line right below a figure, with no words of its own or with those of the figure:
   * `712/2020 segments (35.2 %)`, below it `expected: > 90 % of segments`.
   */
  isBelow(target: Statement, actual: Statement): boolean {
    const [t, a] = [target.measurement, actual.measurement];
    if (t.file !== a.file || t.line <= a.line || t.line > a.line + MOST_BELOW) return false;
    for (let line = a.line + 1; line <= t.line; line += 1) {
      if (this.#told.has(placeOf(t.file, line))) return false;
    }
    const { words, quantity } = target;
    if (words.length === 0 || overlapOf(words, actual.words) > 0) return true;
    // A share that says it is the least one is one of the line above, whatever single word leads it.
    return quantity === 'share' && words.length === 1 && t.direction === 'at-least';
  }
}

/** Whether two figures stand on one line. */
export function onOneLine(a: Measurement, b: Measurement): boolean {
  return a.file === b.file && a.line === b.line;
}

const placeOf = (file: number, line: number): string => `${file}:${line}`;
