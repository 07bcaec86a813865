import { blocksOf, differencesWithin } from '../stats/blocks.ts';
import { hodgesLehmannShift } from '../stats/hodgesLehmann.ts';
import { holm } from '../stats/holm.ts';
import {
  isEquivalent,
  isGreater,
  isLess,
  type RatioRule,
  ratioTest,
  type RatioTest,
} from '../stats/ratioTest.ts';
import { median, medianOfSorted, outliersOf } from '../stats/robust.ts';
import { smallestVisible } from '../stats/smallestVisible.ts';
import { type CompareOptions } from './compareOptions.ts';
import { couldDiffer } from './couldDiffer.ts';
import type { SamplePair } from './samplePairs.ts';
import type { Verdict, VerdictWord } from './verdict.ts';
import { confirmReason } from './confirmReason.ts';

/** Stands for 0 where ratios are taken: a nanosecond, a byte's share; below anything that is measured. */
const LEAST = 1e-9;

/** What is known of a pair before p values are adjusted for one another. */
interface Tested {
  readonly pair: SamplePair;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly test: RatioTest;
  readonly floor: number;
  /** Whether any labelling of these values could have been called different. */
  readonly live: boolean;
}

/**
 * Tier 2: decides for each pair whether B got worse. All of these must hold: p of the exact one-sided rank test (within
 * blocks of neighbours where the runs took turns, else Mann and Whitney's), adjusted after Holm over all pairs, is at most
 * alpha; the ratio of Hodges and Lehmann reaches the threshold; the shift in seconds matters; the interval excludes 1. The mirror image holds for better. `same` needs the whole interval inside
 * of the threshold; the rest is inconclusive.
 *
 * Pairs in which no labelling of the values as A and B could have passed (judged without their labels, so without cost)
 * do not count in Holm's adjustment.
 *
 * @param runSeconds median seconds of the whole run, of which a share is the least shift that matters; null if unknown.
 */
export function confirm(
  pairs: readonly SamplePair[],
  runSeconds: number | null,
  options: CompareOptions,
): Verdict[] {
  const prepared = pairs.map((pair) => prepare(pair, runSeconds, options));
  // Metrics that move as one, such as a root span and the whole run, are one question.
  const questions = new Set(prepared.filter(({ live }) => live).map(({ a, b }) => keyOf(a, b)));
  const rule: RatioRule = {
    alpha: options.alpha / Math.max(1, questions.size),
    threshold: options.threshold,
    confidence: options.confidence,
  };
  const tested = prepared.map((each): Tested => ({
    ...each,
    test: ratioTest(each.a, each.b, rule, each.pair.order),
  }));
  const greater = adjusted(tested, ({ test }) => test.greater);
  const less = adjusted(tested, ({ test }) => test.less);
  return tested.map((each, i) =>
    verdictOf(each, { greater: greater[i] ?? 1, less: less[i] ?? 1 }, rule, options),
  );
}

function prepare(
  pair: SamplePair,
  runSeconds: number | null,
  options: CompareOptions,
): Omit<Tested, 'test'> {
  const a = pair.a.map((value) => Math.max(value, LEAST));
  const b = pair.b.map((value) => Math.max(value, LEAST));
  // Benchmarks have no run around them: each is its own whole.
  const whole = runSeconds ?? median([...a, ...b]);
  const isWall = pair.kind === 'time' && pair.unit === 's';
  const floor = isWall ? Math.min(options.floorSeconds, whole * options.floorShare) : 0;
  return { pair, a, b, floor, live: couldDiffer(a, b, options.threshold, floor, pair.order) };
}

const keyOf = (a: readonly number[], b: readonly number[]): string =>
  JSON.stringify([a, b].map((side) => side.map((value) => value.toPrecision(9))));

/** Holm over the questions that are open; equal data are asked once. */
function adjusted(tested: readonly Tested[], p: (each: Tested) => number): number[] {
  const questions = new Map<string, number>();
  for (const each of tested) if (each.live) questions.set(keyOf(each.a, each.b), p(each));
  const names = [...questions.keys()];
  const answers = holm([...questions.values()]);
  return tested.map((each) =>
    each.live ? (answers[names.indexOf(keyOf(each.a, each.b))] ?? 1) : p(each),
  );
}

function verdictOf(
  { pair, a, b, test, floor, live }: Tested,
  p: { readonly greater: number; readonly less: number },
  rule: RatioRule,
  options: CompareOptions,
): Verdict {
  const judged: RatioRule = { ...rule, alpha: options.alpha };
  const shift = Math.abs(shiftOf(a, b, pair.order));
  const matters = live && shift >= floor && pair.better !== 'none' && test.method !== 'none';
  const up = matters && isGreater(test, p.greater, judged);
  const down = matters && isLess(test, p.less, judged);
  const lowerIsBetter = pair.better !== 'higher';
  const high = test.ratio.high;
  // Beside a floor in seconds a ratio of little things does not matter either way.
  const small = floor > 0 && largestShift(a, b, test) < floor;
  let verdict: VerdictWord = 'inconclusive';
  if (up) verdict = lowerIsBetter ? 'slower' : 'faster';
  else if (down) verdict = lowerIsBetter ? 'faster' : 'slower';
  else if (test.method !== 'none' && (isEquivalent(test, judged) || small)) verdict = 'same';
  const towards = test.ratio.value >= 1 ? p.greater : p.less;
  const ends = [test.ratio.low, high].map((end) => (end > 0 && end < Infinity ? end : null));
  const base: Omit<Verdict, 'reason'> = {
    stage: pair.stage,
    metric: pair.metric,
    verdict,
    ratio: Number.isFinite(test.ratio.value) ? test.ratio.value : null,
    interval: [ends[0] ?? null, ends[1] ?? null],
    n: [a.length, b.length],
    p: test.method === 'none' ? null : towards,
    smallestVisible: options.visible ? smallestVisible(a, b, rule, pair.order) : null,
    tier: 2,
    unit: pair.unit,
    medians: [median(pair.a), median(pair.b)],
    method: test.method,
    outliers: [outliersOf(a).length, outliersOf(b).length],
  };
  return { ...base, reason: confirmReason(base, pair, { small, shift, floor, options }) };
}

/** From A to B in the unit of the values: between neighbours where runs took turns, as the ratio is. */
function shiftOf(a: readonly number[], b: readonly number[], order: SamplePair['order']): number {
  const blocks = order === null ? null : blocksOf(a, b, order);
  return blocks === null
    ? hodgesLehmannShift(a, b).value
    : medianOfSorted(differencesWithin(blocks));
}

/** The largest shift in the unit of the values that the interval of the ratio leaves room for. */
function largestShift(a: readonly number[], b: readonly number[], { ratio }: RatioTest): number {
  const centre = Math.max(median(a), median(b));
  return centre * Math.max(Math.abs(ratio.high - 1), Math.abs(1 - ratio.low));
}
