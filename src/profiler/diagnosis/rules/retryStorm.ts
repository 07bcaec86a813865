import type { Seconds } from '../../model/units.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { sampleOf } from '../evidence.ts';
import { type RetrySeries, retriesOf } from '../facts/retries.ts';
import type { Facts } from '../facts/facts.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Failed attempts from which on it is a storm and not bad luck. */
const STORM = 5;
/** Fewer are one where they cost this share of the run. */
const FEW = 3;
const COSTLY_SHARE = 0.1;

/** The same thing fails and is tried again and again. Waste: the failed attempts and the pauses behind them. */
export const retryStorm: Rule = (facts) =>
  retriesOf(facts)
    .filter(({ failed, seconds }) => isStorm(facts, failed, seconds))
    .map((series) => storm(facts, series));

function isStorm(facts: Facts, failed: number, seconds: Seconds | null): boolean {
  if (failed >= STORM) return true;
  return failed >= FEW && seconds !== null && seconds >= (facts.seconds ?? Infinity) * COSTLY_SHARE;
}

function storm(
  facts: Facts,
  { name, failed, succeeded, seconds, evidence, spans, texts }: RetrySeries,
): Finding {
  const cost = seconds === null ? '' : `, ${formatSeconds(seconds)} lost`;
  const end = succeeded === null ? '' : `; ${formatNumber(succeeded)} came through`;
  return findingOf(facts, {
    kind: 'retry storm',
    title: `${name} fails and is tried again ${formatNumber(failed)} times${cost}`,
    count: failed,
    wastedSeconds: seconds,
    expected: 'a first attempt that works, or an end after a few with growing pauses',
    actual: `${formatNumber(failed)} failed attempts${cost}${end}`,
    evidence: sampleOf(evidence, 6),
    cause:
      'Each failure is answered by the same attempt; what makes it fail does not change in between.',
    fix: 'Read the error of the first attempt; tell errors that pass from those that stay, and stop at the latter. Let pauses grow, with a bound on all attempts together.',
    confidence: 0.9,
    refutedBy: 'Failures that are expected answers, such as a poll for something not ready yet.',
    spans,
    texts,
  });
}
