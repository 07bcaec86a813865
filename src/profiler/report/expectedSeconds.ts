import type { StatedTarget, Statement, Statements } from '../diagnosis/facts/statements.ts';
import { meaningful } from '../diagnosis/vocabulary.ts';
import { overlapOf, wordsOf } from '../diagnosis/words.ts';
import type { Run } from '../model/run.ts';
import type { Seconds } from '../model/units.ts';

/** Most seconds by stage. */
export type StageLimits = ReadonlyMap<string, Seconds>;

/** Least share of common words at which a target speaks of a stage. */
const SAME_THING = 0.6;

/**
 * The time that a stage was allowed: by the project's configuration, else by a target that the log states for it, as a
 * time or as a rate that turns into one; null where nobody said.
 */
export function expectedSecondsOf(
  stage: string,
  seconds: Seconds,
  limits: StageLimits,
  { targets }: Statements,
  run: Run,
): Seconds | null {
  const limit = limits.get(stage);
  if (limit !== undefined) return limit;
  const words = meaningful(wordsOf(stage));
  if (words.length === 0) return null;
  const expected = targets
    .filter((target) => overlapOf(words, wordsOfTarget(target, run)) >= SAME_THING)
    .map((target) => secondsFor(target, seconds))
    .filter((each) => each !== null);
  return expected.length === 0 ? null : Math.min(...expected);
}

/** The words of a target, and of the line that says what became of it. */
function wordsOfTarget({ words, actual }: StatedTarget, run: Run): string[] {
  if (actual === null) return [...words];
  const line = run.log?.templates[actual.measurement.template]?.text ?? '';
  return [...words, ...actual.words, ...meaningful(wordsOf(line))];
}

function secondsFor(target: StatedTarget, seconds: Seconds): Seconds | null {
  const { quantity, direction, actual } = target;
  if (quantity === 'duration') return direction === 'at-most' ? target.high : null;
  const slow = quantity.startsWith('rate ') && quantity.endsWith('/s') && isPositive(actual);
  return slow && target.low > 0 ? (seconds * actual.low) / target.low : null;
}

function isPositive(actual: Statement | null): actual is Statement {
  return actual !== null && actual.low > 0;
}
