import { formatNumber, formatShare } from '../../report/formatNumber.ts';
import { UNEXPLAINED } from '../../ledger/closeLedger.ts';
import { findingOf } from '../draft.ts';
import type { CoverageStatement } from '../facts/coverageStatements.ts';
import type { Facts } from '../facts/facts.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { belowTarget } from './lowCoverage.ts';

/** Least share of the items that must be missing without a reason. */
const LEAST_SHARE = 0.005;
/** The same where no reason is counted at all. */
const LEAST_SHARE_UNTOLD = 0.05;

/** Items went in, did not come out, and nobody says why. */
export const coverageLeak: Rule = (facts) => {
  const told = new Set(belowTarget(facts.coverage));
  const leaks = facts.coverage
    .filter((statement) => !told.has(statement) && unexplainedOf(statement) > 0)
    .map((statement) => leak(facts, statement));
  return [...leaks, ...ledgerLeaks(facts)];
};

/** Items without a reason, where the run keeps account of reasons; 0 where it does not, or where nothing is missing. */
export function unexplainedOf({ itemsIn, itemsOut, dropped, origin }: CoverageStatement): number {
  const explained = dropped.reduce((sum, { count }) => sum + count, 0);
  const rest = itemsIn - itemsOut - explained;
  // A line may speak of a choice (`kept 12 of 40`); one that names losses has to name them all.
  if (origin === 'share' || (origin === 'log' && dropped.length === 0)) return 0;
  const least = dropped.length === 0 ? LEAST_SHARE_UNTOLD : LEAST_SHARE;
  return rest >= 1 && rest >= itemsIn * least ? rest : 0;
}

function leak(facts: Facts, statement: CoverageStatement): Finding {
  const { label, unit, itemsIn, itemsOut, dropped } = statement;
  const rest = unexplainedOf(statement);
  const reasons = dropped.map(({ reason, count }) => `${reason}: ${formatNumber(count)}`);
  return findingOf(facts, {
    kind: 'coverage-leak',
    severity: rest / itemsIn >= 0.1 ? 'error' : 'warning',
    title: `${label}: ${formatNumber(rest)} of ${formatNumber(itemsIn)} ${unit} are lost without a reason`,
    count: rest,
    wastedSeconds: null,
    expected: `${formatNumber(itemsIn)} in = out + dropped with a reason`,
    actual: `${formatNumber(itemsOut)} out${reasons.length === 0 ? '' : `, dropped ${reasons.join(', ')}`}, ${formatNumber(rest)} unexplained (${formatShare(rest / itemsIn)})`,
    evidence: statement.evidence,
    cause: 'Items leave between what goes in and what comes out on a path that counts nothing.',
    fix: 'Count items at each way out of the stage, time-outs and exceptions included, until the sum balances.',
    confidence: 0.9,
    refutedBy: 'A count of items that are merged or split on the way.',
    spans: statement.spans,
    texts: statement.texts,
  });
}

function ledgerLeaks(facts: Facts): Finding[] {
  return facts.run.ledgers.flatMap((ledger): Finding[] => {
    const rest = ledger.buckets
      .filter(({ name }) => name === UNEXPLAINED)
      .reduce((sum, { amount }) => sum + amount, 0);
    if (!(rest > 0) || rest < ledger.total * LEAST_SHARE) return [];
    return [
      leak(facts, {
        label: ledger.name,
        words: [],
        unit: ledger.unit,
        itemsIn: ledger.total,
        itemsOut: ledger.total - rest,
        dropped: [],
        target: null,
        origin: 'ledger',
        evidence: [{ text: `${ledger.name}: ${formatNumber(rest)} ${ledger.unit} ${UNEXPLAINED}` }],
        spans: [],
        texts: [ledger.name],
      }),
    ];
  });
}
