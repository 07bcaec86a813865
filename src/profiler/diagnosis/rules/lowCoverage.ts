import { formatNumber, formatShare } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import type { CoverageStatement } from '../facts/coverageStatements.ts';
import type { Facts } from '../facts/facts.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Less came out than was asked for. */
export const lowCoverage: Rule = (facts) =>
  belowTarget(facts.coverage).map((each) => low(facts, each));

/** The statements that stay under their target; of several on the same figures the first. */
export function belowTarget(coverage: readonly CoverageStatement[]): CoverageStatement[] {
  const seen = new Set<string>();
  return coverage.filter((statement) => {
    const share = statement.itemsOut / statement.itemsIn;
    if (statement.target === null || !(share < statement.target - 1e-9)) return false;
    const key = `${Math.round(share * 1000)} ${statement.target}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function low(facts: Facts, statement: CoverageStatement): Finding {
  const { label, unit, itemsIn, itemsOut, dropped, target } = statement;
  const share = itemsOut / itemsIn;
  const missing = itemsIn - itemsOut;
  const explained = Math.min(
    missing,
    dropped.reduce((sum, { count }) => sum + count, 0),
  );
  const counted =
    unit === '%' ? '' : ` (${formatNumber(itemsOut)} of ${formatNumber(itemsIn)} ${unit})`;
  const reasons = dropped
    .map(({ reason, count }) => `${reason}: ${formatNumber(count)}`)
    .join(', ');
  return findingOf(facts, {
    kind: 'low-coverage',
    severity: 'error',
    title: `${label}: ${formatShare(share)}${counted} came out, at least ${formatShare(target)} was wanted`,
    count: unit === '%' ? 1 : missing,
    wastedSeconds: null,
    expected: `at least ${formatShare(target)}`,
    actual: `${formatShare(share)}${counted}`,
    evidence: statement.evidence,
    cause:
      explained > 0
        ? `Lost on the way: ${reasons}; ${formatNumber(missing - explained)} without a reason.`
        : `Nothing says where the others were lost, nor why.`,
    fix: 'Count each lost item with its reason where it is lost; give the largest reason a second try or a wider limit.',
    confidence: 0.95,
    refutedBy: 'Items that never were to come out: take them off what goes in.',
    spans: statement.spans,
    texts: statement.texts,
  });
}
