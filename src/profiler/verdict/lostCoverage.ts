import { mannWhitney } from '../stats/mannWhitney.ts';
import { median } from '../stats/robust.ts';
import { formatShare } from '../report/formatNumber.ts';
import { type RunMetrics, WHOLE_RUN } from './metric.ts';

/** A stage of which less came out in B. */
export interface LostCoverage {
  readonly stage: string;
  /** `494 of 508 segments before, 12 now`, … */
  readonly text: string;
  /** Ids of units that B does not have, where units carry ids; at most 20. */
  readonly missing: readonly string[];
}

/** At this one-sided p a fall counts where it varies from run to run. Losses are not to be overlooked. */
const LOSS_P = 0.05;

const MOST_IDS = 20;

/**
 * Stages that lost coverage: by the ids of their units where they have any, else by the share of items that came out,
 * else by their number.
 */
export function lostCoverage(a: readonly RunMetrics[], b: readonly RunMetrics[]): LostCoverage[] {
  const stages = new Set([...a, ...b].flatMap(({ exact }) => exact.map(({ stage }) => stage)));
  for (const { units } of [...a, ...b]) for (const stage of units.keys()) stages.add(stage);
  return [...stages].flatMap((stage) => {
    const byId = missingUnits(stage, a, b);
    if (byId !== null) return [byId];
    return fallen(stage, 'coverage', a, b) ?? fallen(stage, 'items-out', a, b) ?? [];
  });
}

/** Units that every run of A worked on and no run of B did. */
function missingUnits(
  stage: string,
  a: readonly RunMetrics[],
  b: readonly RunMetrics[],
): LostCoverage | null {
  const idsOf = (runs: readonly RunMetrics[]): (ReadonlySet<string> | undefined)[] =>
    runs.map(({ units }) => units.get(stage));
  const [first, ...others] = idsOf(a);
  const inB = idsOf(b);
  if (first === undefined || inB.some((ids) => ids === undefined)) return null;
  const always = [...first].filter((id) => others.every((ids) => ids?.has(id) === true));
  // Where B names its units by other words, ids say nothing.
  const shared = always.some((id) => inB.some((ids) => ids?.has(id) === true));
  const missing = always.filter((id) => inB.every((ids) => ids?.has(id) !== true));
  if (!shared || missing.length === 0) return null;
  const text = `${missing.length} of ${always.length} units are missing`;
  return { stage, text, missing: missing.slice(0, MOST_IDS) };
}

function fallen(
  stage: string,
  metric: 'coverage' | 'items-out',
  a: readonly RunMetrics[],
  b: readonly RunMetrics[],
): LostCoverage | null {
  const valuesOf = (runs: readonly RunMetrics[]): number[] =>
    runs.flatMap(({ exact }) =>
      exact.flatMap((each) =>
        each.stage === stage && each.metric === metric && typeof each.value === 'number'
          ? [each.value]
          : [],
      ),
    );
  const [inA, inB] = [valuesOf(a), valuesOf(b)];
  if (inA.length < a.length || inB.length < b.length || inA.length * inB.length === 0) return null;
  // More went in: fewer out is a loss only by its share.
  if (metric === 'items-out' && hasCoverage(stage, [...a, ...b])) return null;
  const [before, now] = [median(inA), median(inB)];
  const certain = Math.max(...inB) < Math.min(...inA);
  if (now >= before || !(certain || mannWhitney(inA, inB).less <= LOSS_P)) return null;
  const text =
    metric === 'coverage'
      ? `coverage fell from ${formatShare(before)} to ${formatShare(now)}`
      : `${now} items came out instead of ${before}`;
  return { stage, text, missing: [] };
}

function hasCoverage(stage: string, runs: readonly RunMetrics[]): boolean {
  return runs.every(({ exact }) =>
    exact.some((each) => each.stage === stage && each.metric === 'coverage'),
  );
}

/**
 * The stages whose times mean nothing any more: those that lost coverage, all that began later, and the whole run. Of runs
 * that declare no stages, every name whose spans ended after the loss began.
 */
export function withheldStages(
  lost: readonly LostCoverage[],
  order: readonly string[],
  extents: RunMetrics['extents'],
): (stage: string) => boolean {
  if (lost.length === 0) return () => false;
  const positions = lost.map(({ stage }) => order.indexOf(stage));
  const starts = lost.map(({ stage }) => extents?.get(stage)?.[0] ?? -1);
  // A loss of the run as a whole, or of a stage without spans, may have happened anywhere.
  const from = positions.some((position) => position < 0) ? 0 : Math.min(...positions);
  const fromNs = Math.min(...starts);
  return (stage) => {
    if (stage === WHOLE_RUN) return true;
    if (order.length === 0) return (extents?.get(stage)?.[1] ?? Infinity) > fromNs;
    const position = order.indexOf(stage);
    return position < 0 || position >= from;
  };
}
