import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { sampleOf, spanEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { median } from '../facts/spanTimes.ts';
import { type WorkItems, workItemsOf } from '../facts/workItems.ts';
import type { Evidence, Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** hyperfine's slow first run: so many times the middle one. */
const SLOW = 5;
const LEAST_ITEMS = 5;
/** Least share of all items' time that the start must take, for the rate to be wrong by as much. */
const LEAST_SHARE = 0.1;
/** Share of the run that the items must make up. */
const OF_RUN = 0.2;
const LEAST_SECONDS = 0.05;
/** Items that are so many, and so much of the run, that its rate is theirs though nobody says it. */
const MANY_ITEMS = 10;
const MOST_OF_RUN = 0.5;

/** The first item pays for the start, and is counted into the rate as if it were work like the others. */
export const coldStartAsWork: Rule = (facts) =>
  workItemsOf(facts, LEAST_ITEMS, OF_RUN).flatMap((work) => fromSpans(facts, work));

function fromSpans(facts: Facts, { group, items, total }: WorkItems): Finding[] {
  const spans = items.map(({ span }) => span);
  if (facts.notes.warmUp.has(spans[0] ?? -1)) return [];
  const inputs = new Set(spans.map((span) => facts.notes.resource.get(span)));
  const most =
    inputs.size === 1 &&
    spans.length >= MANY_ITEMS &&
    total >= (facts.seconds ?? Infinity) * MOST_OF_RUN;
  if (!isCounted(facts, spans) && !most) return [];
  return found(facts, {
    seconds: items.map(({ seconds, size }) => seconds / size),
    weights: items.map(({ size }) => size),
    name: group.name.pattern,
    evidence: items.map(({ span }) => spanEvidence(facts.run, span)),
    spans: items.slice(0, 1).map(({ span }) => span),
  });
}

/** Whether anybody makes a rate of them: they are units or carry items, or their parent or stage counts them. */
function isCounted({ run, notes }: Facts, spans: readonly number[]): boolean {
  const first = spans[0] ?? 0;
  const parent = run.spans.parent[first] ?? -1;
  const carry = (span: number): boolean =>
    notes.items.has(span) || notes.batchSize.has(span) || notes.itemsIn.has(span);
  return (
    carry(first) ||
    notes.items.get(parent) === spans.length ||
    notes.itemsIn.get(parent) === spans.length ||
    run.work.some(({ itemsIn, itemsOut }) => itemsIn === spans.length || itemsOut === spans.length)
  );
}

interface Series {
  readonly seconds: readonly number[];
  readonly weights?: readonly number[];
  readonly name: string;
  readonly evidence: readonly Evidence[];
  readonly spans: readonly number[];
}

function found(facts: Facts, { seconds, weights, name, evidence, spans }: Series): Finding[] {
  const [first = 0, ...others] = seconds;
  const usual = median(others);
  const sizes = weights ?? seconds.map(() => 1);
  const total = seconds.reduce((sum, each, i) => sum + each * (sizes[i] ?? 1), 0);
  const excess = (first - usual) * (sizes[0] ?? 1);
  if (seconds.length < LEAST_ITEMS || !(first > SLOW * usual) || !(usual > 0)) return [];
  // One slow item among several slow ones is no start.
  if (others.some((each) => each > first / 2)) return [];
  if (excess < LEAST_SECONDS || excess < total * LEAST_SHARE) return [];
  const all = sizes.reduce((sum, each) => sum + each, 0);
  return [
    findingOf(facts, {
      kind: 'cold-start-as-work',
      severity: 'warning',
      title: `The first ${name} takes ${formatNumber(first / usual)} times as long as the others and is counted as one of them`,
      count: 1,
      wastedSeconds: excess,
      expected: `${formatNumber(1 / usual)} a second once warm`,
      actual: `${formatNumber(all / total)} a second with the start counted in`,
      evidence: sampleOf(evidence, 4),
      cause: `The first one pays ${formatSeconds(excess)} for what is loaded, compiled or allocated on first use.`,
      fix: 'Warm up before the clock starts, or tell the start and the rate apart.',
      confidence: 0.85,
      refutedBy: 'A first item that is really larger than the others.',
      spans,
      texts: [name],
    }),
  ];
}
