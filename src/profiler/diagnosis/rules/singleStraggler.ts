import type { Seconds } from '../../model/units.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { largest } from '../extremes.ts';
import { sampleOf, spanEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { endOf, median, sequentialShare, startOf } from '../facts/spanTimes.ts';
import { type WorkItem, type WorkItems, workItemsOf } from '../facts/workItems.ts';
import { executionsOf } from '../facts/workers.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

const LEAST_ITEMS = 8;
/** Times the middle one, and times the second longest, that a straggler takes. */
const ABOVE_USUAL = 5;
const ABOVE_SECOND = 2.5;
const LEAST_SHARE_OF_RUN = 0.05;
const LEAST_SECONDS: Seconds = 0.02;

/** One item takes many times as long as the others, and all wait for it. */
export const singleStraggler: Rule = (facts) =>
  workItemsOf(facts, LEAST_ITEMS, LEAST_SHARE_OF_RUN).flatMap((work) => straggler(facts, work));

function straggler(facts: Facts, { group, items }: WorkItems): Finding[] {
  const rates = items.map(({ seconds, size }) => seconds / size);
  const worst = rates.indexOf(largest(rates));
  const item = items[worst];
  // A slow first item is a cold start.
  if (item === undefined || worst === 0) return [];
  const usual = median(rates);
  const second = largest(rates.filter((_, i) => i !== worst));
  if (!((rates[worst] ?? 0) >= usual * ABOVE_USUAL && (rates[worst] ?? 0) >= second * ABOVE_SECOND))
    return [];
  const wasted = lostTo(facts, items, item, usual * item.size);
  if (wasted < LEAST_SECONDS || wasted < (facts.seconds ?? 0) * LEAST_SHARE_OF_RUN) return [];
  const { run } = facts;
  const neighbours = items.slice(Math.max(0, worst - 2), worst + 3).filter((each) => each !== item);
  return [
    findingOf(facts, {
      kind: 'single straggler',
      title: `One ${group.name.pattern} takes ${formatSeconds(item.seconds)}, the others ${formatSeconds(usual * item.size)}, and all wait for it`,
      count: 1,
      wastedSeconds: wasted,
      expected: `about ${formatSeconds(usual * item.size)}, as the other ${items.length - 1}`,
      actual: `${formatSeconds(item.seconds)}, ${formatNumber(item.seconds / (usual * item.size))} times as long`,
      evidence: [
        spanEvidence(run, item.span),
        ...sampleOf(
          neighbours.map(({ span }) => spanEvidence(run, span)),
          4,
        ),
      ],
      cause: 'This one holds the end of the run: nothing else is left to do while it runs.',
      fix: 'Find out what is different about it (size, retry, lock, input); start the longest first, or split it.',
      confidence: 0.85,
      refutedBy: 'An item that really holds that much more work.',
      spans: [item.span],
      texts: [group.name.pattern],
    }),
  ];
}

/**
 * What the run would gain if the item were an ordinary one. Side by side with others they would share the work evenly:
 * the gain is how much later than that the item ends.
 */
function lostTo(facts: Facts, items: readonly WorkItem[], slow: WorkItem, usual: Seconds): Seconds {
  const { run } = facts;
  const excess = slow.seconds - usual;
  const spans = items.map(({ span }) => span);
  if (sequentialShare(run, spans) >= 0.9) return excess;
  const others = items.filter((each) => each !== slow);
  const lastEnd = largest(others.map(({ span }) => endOf(run, span)));
  const end = endOf(run, slow.span);
  if (end <= lastEnd) return 0;
  const workers = new Set(executionsOf(facts, spans).map(({ worker }) => worker)).size;
  const work = others.reduce((sum, { seconds }) => sum + seconds, usual);
  const even = startOf(run, items[0]?.span ?? 0) + work / Math.max(1, workers);
  return Math.max(0, Math.min(excess, end - Math.max(even, startOf(run, slow.span) + usual)));
}
