import {
  type CoverageStatement,
  coverageStatementsOf,
} from '../diagnosis/facts/coverageStatements.ts';
import { spanNotesOf } from '../diagnosis/facts/spanNotes.ts';
import { statementsOf } from '../diagnosis/facts/statements.ts';
import type { Ledger, LedgerBucket } from '../model/ledger.ts';
import type { Run } from '../model/run.ts';
import { closeLedger } from './closeLedger.ts';

/** Bucket of what came out. */
export const CAME_OUT = 'out';
/** Bucket of what was lost; the reason says why. */
export const DROPPED = 'dropped';

/**
 * The ledgers of any run: its own, and one for each statement on items in and out, by attributes, work accounts or the
 * lines of a log. Every unit lies in one bucket: it came out, was dropped for a reason, or is unexplained. Shares
 * without numbers are told in percent.
 *
 * @param told what the run says of items in and out, where it is known already.
 */
export function ledgersOf(
  run: Run,
  told: readonly CoverageStatement[] = coverageStatementsOf(
    run,
    spanNotesOf(run),
    statementsOf(run.log),
  ),
): Ledger[] {
  const named = new Map(run.ledgers.map((ledger) => [ledger.name, ledger]));
  for (const statement of told) {
    const ledger = ledgerOf(statement);
    if (ledger === null) continue;
    let name = ledger.name;
    for (let number = 2; named.has(name); number += 1) name = `${ledger.name} (${number})`;
    named.set(name, { ...ledger, name });
  }
  return [...named.values()];
}

/** Null where more came out than went in: then it counts something else, or wrongly. */
function ledgerOf({ label, unit, itemsIn, itemsOut, dropped }: CoverageStatement): Ledger | null {
  if (!(itemsIn > 0) || !(itemsOut >= 0) || itemsOut > itemsIn) return null;
  const reasons = dropped
    .filter(({ count }) => Number.isFinite(count) && count > 0)
    .map(({ reason, count }): LedgerBucket => ({ name: DROPPED, reason, amount: count }));
  const lost = reasons.reduce((sum, { amount }) => sum + amount, 0);
  const out: LedgerBucket = { name: CAME_OUT, amount: itemsOut };
  // Reasons that together exceed what is missing overlap: which of them is true of an item nobody can tell.
  const balanced = lost <= (itemsIn - itemsOut) * (1 + 1e-9);
  return closeLedger(label, unit, itemsIn, balanced ? [out, ...reasons] : [out]);
}
