import { formatNumber } from '../report/formatNumber.ts';
import { median } from '../stats/robust.ts';
import type { ExactMetric, RunMetrics } from './metric.ts';
import type { Verdict, VerdictWord } from './verdict.ts';

/** The values of one exact metric, one a run; null in runs that do not have it. */
interface ExactPair {
  readonly metric: ExactMetric;
  readonly a: readonly (number | string | null)[];
  readonly b: readonly (number | string | null)[];
}

/** Runs of each side that must agree before how often a span occurs counts as without noise. */
const AGREEING_RUNS = 3;

/** With fewer runs a count of spans must have changed by this ratio, and by more than one. */
const CLEAR_RATIO = 1.5;

/**
 * Tier 0: compares the figures that have no noise; one run of each side is enough. A figure that differs between the
 * runs of one side is no such figure after all: it gets no verdict but `inconclusive`, and only where it changed.
 *
 * @returns changes, and of loads, items, coverage, settings and devices also what stayed the same
 */
export function exactVerdicts(a: readonly RunMetrics[], b: readonly RunMetrics[]): Verdict[] {
  return pairUp(a, b).flatMap((pair) => {
    const verdict = judge(pair);
    const telling = pair.metric.kind !== 'spans' && pair.metric.kind !== 'failures';
    return verdict.verdict !== 'same' || telling ? [verdict] : [];
  });
}

function pairUp(a: readonly RunMetrics[], b: readonly RunMetrics[]): ExactPair[] {
  const metrics = new Map<string, ExactMetric>();
  const index = (runs: readonly RunMetrics[]): Map<string, number | string>[] =>
    runs.map(({ exact }) => {
      const values = new Map<string, number | string>();
      for (const metric of exact) {
        const key = JSON.stringify([metric.stage, metric.metric]);
        if (!metrics.has(key)) metrics.set(key, metric);
        values.set(key, metric.value);
      }
      return values;
    });
  const inA = index(a);
  const inB = index(b);
  return Array.from(metrics, ([key, metric]) => {
    // What is counted and not there was counted as none; a missing device or coverage is not known.
    const missing = COUNTED.has(metric.kind) ? 0 : null;
    const values = (runs: Map<string, number | string>[]): (number | string | null)[] =>
      runs.map((run) => run.get(key) ?? missing);
    return { metric, a: values(inA), b: values(inB) };
  });
}

const COUNTED: ReadonlySet<ExactMetric['kind']> = new Set(['loads', 'failures', 'spans', 'items']);

function judge({ metric, a, b }: ExactPair): Verdict {
  const [ofA, ofB] = [agreed(a), agreed(b)];
  const numbers = [a, b].map((side) => side.filter((value) => typeof value === 'number'));
  const middle = numbers.map((side) => (side.length === 0 ? null : median(side)));
  const ratio = ratioOf(middle[0] ?? null, middle[1] ?? null);
  const answer = (verdict: VerdictWord, reason: string): Verdict => ({
    stage: metric.stage,
    metric: metric.metric,
    verdict,
    ratio,
    interval: [ratio, ratio],
    n: [a.length, b.length],
    p: null,
    smallestVisible: null,
    tier: 0,
    unit: metric.unit,
    reason,
    medians: [ofA ?? middle[0] ?? null, ofB ?? middle[1] ?? null],
    method: 'exact',
    outliers: [0, 0],
  });
  if (ofA === undefined || ofB === undefined) return varying(a, b, middle, answer);
  if (ofA === ofB) return answer('same', `${text(ofA)} in both.`);
  const change = `${text(ofA)} → ${text(ofB)}`;
  if (ofA === null || ofB === null)
    return answer('inconclusive', `${change}: one side does not say.`);
  if (typeof ofA === 'string' || typeof ofB === 'string') {
    return answer('inconclusive', `${change}: another one than before.`);
  }
  if (metric.kind === 'spans') return spansChanged(ofA, ofB, Math.min(a.length, b.length), answer);
  if (metric.better === 'none') return answer('inconclusive', `${change}: not the same as before.`);
  const worse = metric.better === 'lower' ? ofB > ofA : ofB < ofA;
  return answer(worse ? 'slower' : 'faster', `${change}: ${worse ? 'worse' : 'better'}.`);
}

type Answer = (verdict: VerdictWord, reason: string) => Verdict;

function varying(
  a: ExactPair['a'],
  b: ExactPair['b'],
  middle: readonly (number | null)[],
  answer: Answer,
): Verdict {
  const values = new Set([...a, ...b]);
  const unchanged = middle[0] === middle[1] || a.some((value) => b.includes(value));
  const seen = [...values].slice(0, 5).map(text).join(', ');
  return unchanged
    ? answer('same', `Varies from run to run on either side (${seen}).`)
    : answer('inconclusive', `Varies from run to run, but not in the same range (${seen}).`);
}

function spansChanged(a: number, b: number, runs: number, answer: Answer): Verdict {
  const change = `${text(a)} → ${text(b)}`;
  if (b < a) return answer('inconclusive', `${change}: less work, or work that was lost.`);
  const clear = b - a > 1 && b / Math.max(a, 1) >= CLEAR_RATIO;
  if (runs >= AGREEING_RUNS || clear) return answer('slower', `${change}: more of them.`);
  return answer(
    'inconclusive',
    `${change}: with fewer than ${AGREEING_RUNS} runs of each this may vary by itself.`,
  );
}

/** The value that all runs share; undefined where they do not. */
function agreed(values: readonly (number | string | null)[]): number | string | null | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

function ratioOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  if (a === b) return 1;
  return a > 0 ? b / a : null;
}

function text(value: number | string | null): string {
  if (value === null) return 'not known';
  return typeof value === 'number' ? formatNumber(value) : value;
}
