import { formatSeconds, formatShare } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { sampleOf, spanEvidence } from '../evidence.ts';
import { type IdleTime, idleTimesOf } from '../facts/idleTime.ts';
import type { Facts } from '../facts/facts.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

const LEAST_SHARE_OF_RUN = 0.1;
const LEAST_SECONDS = 0.1;

/** Time passes and nothing works: no processor, and no network transfer that would explain it. */
export const idleWait: Rule = (facts) =>
  idleTimesOf(facts)
    .filter(
      ({ seconds }) =>
        seconds >= LEAST_SECONDS && seconds >= (facts.seconds ?? Infinity) * LEAST_SHARE_OF_RUN,
    )
    .map((idle) => finding(facts, idle));

function finding(
  facts: Facts,
  { name, seconds, cpuShare, spans, reason, evidence }: IdleTime,
): Finding {
  const cpu = cpuShare === null ? '' : `, processor at ${formatShare(cpuShare)} of one core`;
  return findingOf(facts, {
    kind: 'idle-wait',
    title: `${name} waits for ${formatSeconds(seconds)} while nothing works`,
    count: Math.max(1, spans.length),
    wastedSeconds: seconds,
    expected: 'work, or something else at work beside the waiting',
    actual: `${formatSeconds(seconds)} idle${cpu}`,
    evidence: [...evidence, ...sampleOf(spans.map((span) => spanEvidence(facts.run, span)))],
    cause: reason,
    fix: 'Wait for the event instead of for a time; do other work meanwhile; or start earlier what is waited for.',
    confidence: spans.length === 0 ? 0.7 : 0.85,
    refutedBy: 'A device or another machine that works for this span meanwhile.',
    spans,
    texts: [name],
  });
}
