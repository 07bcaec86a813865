import type { Facts } from './facts.ts';
import { impossibleFigures } from './impossibleFigures.ts';
import type { StatedTarget, Statement, Statements } from './statements.ts';
import { isOfWholeRun } from './wholeRun.ts';

/**
 * The statements without what broken instruments say of the targets: the run's own clock and the length of its input
 * tell a real-time factor instead, of all else nothing is known.
 */
export function withoutBrokenActuals(facts: Facts): Statements {
  const { targets, actuals } = facts.statements;
  if (!targets.some(({ actual }) => actual !== null)) return facts.statements;
  const broken = new Set(impossibleFigures(facts).map(({ measurement }) => keyOf(measurement)));
  if (broken.size === 0) return facts.statements;
  const judged = targets.map((target): StatedTarget => {
    const { actual } = target;
    if (actual === null || !broken.has(keyOf(actual.measurement))) return target;
    return { ...target, actual: byClock(facts, target, actual) };
  });
  return { targets: judged, actuals };
}

/** One instrument writes the same template each time. */
const keyOf = ({ template, label }: Statement['measurement']): string => `${template} ${label}`;

function byClock(
  { seconds, inputLength }: Facts,
  target: StatedTarget,
  said: Statement,
): Statement | null {
  if (seconds === null || inputLength === null || !(seconds > 0)) return null;
  const part = !isOfWholeRun(target) && target.words.length > 2;
  const factor = seconds / inputLength.seconds;
  const value =
    target.quantity === 'real-time factor'
      ? factor
      : target.quantity === 'hours per hour'
        ? 1 / factor
        : null;
  return part || value === null
    ? null
    : { ...said, low: value, high: value, measurement: { ...said.measurement, value } };
}
