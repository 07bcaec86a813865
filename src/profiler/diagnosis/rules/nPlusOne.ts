import { collect } from '../collect.ts';
import type { Seconds } from '../../model/units.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { sampleOf, spanEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { type SiblingGroup, siblingsOf } from '../facts/spanGroups.ts';
import { gapsBetween, median, secondsOf, sequentialShare, sumSeconds } from '../facts/spanTimes.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Sentry's numbers for queries (docs.sentry.io, N+1 queries). */
const LEAST_QUERIES = 5;
const LEAST_QUERY_SECONDS: Seconds = 0.05;
/** Sentry's numbers for calls over the network (N+1 API calls). */
const LEAST_CALLS = 10;
const LEAST_CALL_SECONDS: Seconds = 0.3;
/** Share of the neighbours that must not overlap. */
const SEQUENTIAL = 0.9;
const LEAST_SHARE_OF_RUN = 0.01;

/** The same question asked of something outside once for each item, one after the other, instead of once for all. */
export const nPlusOne: Rule = (facts) => {
  if (facts.callTrace) return [];
  const found = new Map<string, SiblingGroup[]>();
  for (const group of facts.groups) {
    for (const siblings of siblingsOf(facts.run, group, LEAST_QUERIES)) {
      for (const [question, same] of questionsOf(facts, siblings)) {
        if (isLoop(facts, same)) collect(found, question, same);
      }
    }
  }
  return [...found]
    .map(([question, groups]) => finding(facts, question, groups))
    .filter(
      ({ wastedSeconds }) => (wastedSeconds ?? 0) >= (facts.seconds ?? 0) * LEAST_SHARE_OF_RUN,
    );
};

/** Siblings apart by what they ask: the statement without its values, else the name. */
function questionsOf({ notes }: Facts, siblings: SiblingGroup): Map<string, SiblingGroup> {
  const found = new Map<string, SiblingGroup & { spans: number[] }>();
  for (const span of siblings.spans) {
    const asked = notes.call.get(span);
    const question = asked === undefined || asked === '' ? siblings.name.pattern : asked;
    const known = found.get(question) ?? { ...siblings, spans: [] };
    found.set(question, known);
    known.spans.push(span);
  }
  return found;
}

function isLoop(facts: Facts, group: SiblingGroup): boolean {
  const { run, notes } = facts;
  const { spans, name, parent } = group;
  if (parent < 0) return false;
  const asked = spans.every((span) => notes.call.has(span));
  if (!asked && !(name.call && !name.load && isLeaf(facts, spans))) return false;
  if (spans.some((span) => run.spans.status[span] === 2 || notes.part.has(span))) return false;
  const database =
    asked &&
    /\b(?:select|insert|update|delete|find|hget|get)\b/iu.test(
      `${notes.call.get(spans[0] ?? 0) ?? ''} ${name.pattern}`,
    );
  const seconds = sumSeconds(run, spans);
  const enough = database
    ? spans.length >= LEAST_QUERIES && seconds > LEAST_QUERY_SECONDS
    : spans.length >= LEAST_CALLS && seconds > LEAST_CALL_SECONDS;
  if (!enough || sequentialShare(run, spans) < SEQUENTIAL) return false;
  // Calls far apart are polling, or belong to work that goes on between them.
  const usual = median(spans.map((span) => secondsOf(run, span)));
  return median(gapsBetween(run, spans)) <= Math.max(usual * 3, 0.005);
}

function isLeaf({ run }: Facts, spans: readonly number[]): boolean {
  return spans.every((span) => run.spans.selfNs[span] === run.spans.durationNs[span]);
}

function finding(facts: Facts, question: string, groups: readonly SiblingGroup[]): Finding {
  const { run } = facts;
  const spans = groups.flatMap((group) => group.spans);
  const total = sumSeconds(run, spans);
  // One question remains for each of the loops.
  const wasted = groups.reduce(
    (sum, group) =>
      sum + sumSeconds(run, group.spans) - median(group.spans.map((span) => secondsOf(run, span))),
    0,
  );
  const where = run.strings[run.spans.nameId[groups[0]?.parent ?? 0] ?? 0] ?? '';
  return findingOf(facts, {
    kind: 'n-plus-one',
    title: `${question.slice(0, 120)} is asked ${formatNumber(spans.length)} times one after the other in ${where}`,
    count: spans.length,
    wastedSeconds: wasted,
    expected:
      groups.length === 1
        ? 'one call for all items'
        : `${groups.length} calls, one for each ${where}`,
    actual: `${formatNumber(spans.length)} calls, ${formatSeconds(total)}`,
    evidence: sampleOf(spans.map((span) => spanEvidence(run, span))),
    cause: 'A loop asks for one item at a time and waits for each answer.',
    fix: 'Ask once for all items (a list of keys, a join, a bulk call), or at least side by side.',
    confidence: 0.85,
    refutedBy: 'Answers that decide what to ask next.',
    spans,
    texts: [groups[0]?.name.pattern ?? '', question],
  });
}
