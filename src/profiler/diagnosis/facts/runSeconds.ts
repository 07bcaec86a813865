import type { Run } from '../../model/run.ts';
import { NS_PER_SECOND, type Seconds } from '../../model/units.ts';
import { elapsedSeconds } from '../../report/targets.ts';
import { tellsInputLength } from './inputLength.ts';
import type { Statement, Statements } from './statements.ts';
import { isOfWholeRun } from './wholeRun.ts';

/**
 * Length of a run: from its first span or log line to its last, or the total that a log without times states. Null
 * where nothing tells.
 */
export function runSecondsOf(run: Run, statements: Statements): Seconds | null {
  if (run.weights !== null) return null;
  const { timeNs } = run.instants;
  const logged = timeNs.length < 2 ? 0 : ((timeNs.at(-1) ?? 0) - (timeNs[0] ?? 0)) / NS_PER_SECOND;
  const clocked = Math.max(elapsedSeconds(run), logged);
  const stated = statedTotal(statements)?.low ?? 0;
  if (run.log !== null && !run.log.timed) return stated || clocked || null;
  return clocked > 0 ? clocked : stated > 0 ? stated : null;
}

/** The longest duration that a line calls the total of the run. */
export function statedTotal(statements: Statements): Statement | null {
  const totals = statements.actuals.filter(
    (each) => each.quantity === 'duration' && isOfWholeRun(each) && !tellsInputLength(each),
  );
  return totals.reduce<Statement | null>(
    (longest, each) => (longest === null || each.low > longest.low ? each : longest),
    null,
  );
}
