import { formatNumber, formatSeconds, formatShare } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import type { CoverageStatement } from '../facts/coverageStatements.ts';
import { type Facts, factsOf } from '../facts/facts.ts';
import { overlapOf } from '../words.ts';
import type { Rule } from '../rule.ts';

/** Share of the baseline's time below which a run is faster. */
const FASTER = 0.97;
/** Share of the baseline's coverage or items below which it did less. */
const LESS = 0.99;

interface Loss {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly lost: number;
  readonly statement: CoverageStatement;
}

/** Faster than the baseline, because less came out. */
export const falseSpeedUp: Rule = (facts, { baseline }) => {
  if (baseline === null || facts.seconds === null) return [];
  const before = factsOf(baseline);
  if (before.seconds === null || facts.seconds >= before.seconds * FASTER) return [];
  const losses = facts.coverage.flatMap((now) => lossOf(now, before));
  const worst = losses.reduce<Loss | null>(
    (most, each) => (most === null || each.lost > most.lost ? each : most),
    null,
  );
  if (worst === null) return [];
  return [
    findingOf(facts, {
      kind: 'false-speed-up',
      severity: 'error',
      title: `${formatShare(1 - facts.seconds / before.seconds)} faster than the baseline, but ${worst.label} fell from ${worst.before} to ${worst.after}`,
      count: Math.max(1, Math.round(worst.lost)),
      wastedSeconds: null,
      expected: `${worst.label}: ${worst.before}, in ${formatSeconds(before.seconds)}`,
      actual: `${worst.label}: ${worst.after}, in ${formatSeconds(facts.seconds)}`,
      evidence: [...worst.statement.evidence, { text: `baseline: ${worst.before}` }],
      cause: 'The time was saved by leaving work out.',
      fix: 'Find out where the items are lost before the time is believed; the coverage ledger names the reasons.',
      confidence: 0.95,
      refutedBy: 'An input that really holds less than the baseline’s.',
      spans: worst.statement.spans,
      texts: worst.statement.texts,
    }),
  ];
};

/** The same statement of the baseline, where it tells more. */
function lossOf(now: CoverageStatement, before: Facts): Loss[] {
  const then = before.coverage.find(
    ({ label, words, unit }) =>
      unit === now.unit && (label === now.label || overlapOf(words, now.words) >= 0.8),
  );
  if (then === undefined) return [];
  const [shareThen, shareNow] = [then.itemsOut / then.itemsIn, now.itemsOut / now.itemsIn];
  const sameInput = now.itemsIn >= then.itemsIn * LESS && now.itemsIn * LESS <= then.itemsIn;
  const fewer = sameInput ? now.itemsOut < then.itemsOut * LESS : shareNow < shareThen * LESS;
  const inputFell =
    now.itemsIn < then.itemsIn * LESS &&
    shareNow <= shareThen &&
    now.itemsOut < then.itemsOut * LESS;
  if (!fewer && !inputFell) return [];
  const said = ({ itemsOut, itemsIn, unit }: CoverageStatement): string =>
    `${formatNumber(itemsOut)} of ${formatNumber(itemsIn)} ${unit}`;
  return [
    {
      label: now.label,
      before: said(then),
      after: said(now),
      lost: then.itemsOut - now.itemsOut,
      statement: now,
    },
  ];
}
