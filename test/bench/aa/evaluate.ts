import {
  compareRunSets,
  type RunFacts,
  type RunSetComparison,
} from '../../../src/profiler/verdict/compareRunSets.ts';
import { interimComparison, LOOKS } from '../../../src/profiler/verdict/sequential.ts';
import type { Verdict } from '../../../src/profiler/verdict/verdict.ts';
import { seededRandom } from '../../../src/profiler/stats/seededRandom.ts';
import { median } from '../../../src/profiler/stats/robust.ts';
import { mean, variance } from '../../../src/profiler/stats/sample.ts';
import { type Pool, slowedVariants } from './pool.ts';

/** How many of how many. */
export interface Tally {
  readonly hits: number;
  readonly of: number;
}

export interface Detection {
  readonly stage: string;
  readonly share: number;
  /** Median of all slowed runs against median of all others: what the share really was in time. */
  readonly trueRatio: number;
  /** Of the stage from run to run: median over the comparisons of that of their plain runs. */
  readonly cv: number;
  readonly found: Tally;
  /** By a gate, which looks before the last run and stops where it can. */
  readonly gated: Tally;
  /** The same of the comparisons alone whose CV is at most MOST_CV. */
  readonly quiet: { readonly found: Tally; readonly gated: Tally };
}

/** The noise up to which slowdowns have to be found. */
export const MOST_CV = 0.1;

export interface DesignResult {
  /** Runs of either side. */
  readonly size: number;
  /** Comparisons of equals with any wrong verdict, and of them those with a wrong `slower`. */
  readonly falseComparisons: Tally;
  readonly falseSlower: Tally;
  /** Gates of equals that end with a wrong verdict; of none where the size is not that of the last look. */
  readonly falseGates: Tally;
  /** Wrong verdicts over all stages of all comparisons. */
  readonly falseVerdicts: Tally;
  readonly detections: readonly Detection[];
  readonly visible: readonly Visibility[];
}

/** The printed smallest visible effect against the one that real noise gives. */
export interface Visibility {
  readonly stage: string;
  /** Median of what was printed, as a change: 0.12 for +12 %. */
  readonly printed: number;
  /** Change that was found three times in four when the values of B were scaled by it. */
  readonly measured: number;
  /** Share of the single prints within 25 % of it. */
  readonly within: number;
}

const SEED = 4;
/** Of how many comparisons of equals one says what it sees: most of the time that they take. */
const VISIBLE_EVERY = 4;
/** Comparisons of each slowed variant, at most. */
const DETECTIONS = 200;

/** Runs next to one another, called A B B A as a gate makes them, or B A A B as a coin falls. */
function dealt(
  facts: readonly RunFacts[],
  start: number,
  size: number,
  random: () => number,
): [RunFacts[], RunFacts[]] {
  const runs = facts.slice(start, start + 2 * size);
  const first = runs.filter((_, i) => i % 4 === 0 || i % 4 === 3);
  const second = runs.filter((_, i) => i % 4 === 1 || i % 4 === 2);
  return random() < 0.5 ? [first, second] : [second, first];
}

const timed = ({ verdicts }: RunSetComparison): Verdict[] =>
  verdicts.filter(({ metric }) => metric === 'seconds');

/** Replays comparisons of sets of a size out of the pool. */
export function evaluate(
  pool: Pool,
  facts: readonly RunFacts[],
  size: number,
  comparisons: number,
): DesignResult {
  const random = seededRandom(SEED + size);
  const plain = facts.filter((_, i) => pool.runs[i]?.stage === '');
  const wrong = { comparisons: 0, slower: 0, gates: 0, verdicts: 0, ofVerdicts: 0 };
  const printed = new Map<string, number[]>();
  const places = plain.length - 2 * size + 1;
  for (let i = 0; i < comparisons; i += 1) {
    const [a, b] = dealt(plain, Math.floor((i / comparisons) * places), size, random);
    const { verdicts } = compareRunSets(a, b, { visible: i % VISIBLE_EVERY === 0 });
    if (size === LOOKS.at(-1)) {
      wrong.gates += +timed(gated(a, b)).some(
        (v) => v.verdict === 'slower' || v.verdict === 'faster',
      );
    }
    const alarms = verdicts.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
    wrong.comparisons += +(alarms.length > 0);
    wrong.slower += +alarms.some(({ verdict }) => verdict === 'slower');
    wrong.verdicts += alarms.length;
    wrong.ofVerdicts += verdicts.length;
    for (const { stage, smallestVisible } of verdicts.filter(({ tier }) => tier === 2)) {
      const known = printed.get(stage) ?? [];
      printed.set(stage, known);
      if (smallestVisible !== null) known.push(smallestVisible - 1);
    }
  }
  return {
    size,
    falseComparisons: { hits: wrong.comparisons, of: comparisons },
    falseGates: { hits: wrong.gates, of: size === LOOKS.at(-1) ? comparisons : 0 },
    falseSlower: { hits: wrong.slower, of: comparisons },
    falseVerdicts: { hits: wrong.verdicts, of: wrong.ofVerdicts },
    detections: slowedVariants(pool).map(({ stage, share }) =>
      detect(pool, facts, stage, share, size),
    ),
    visible: Array.from(printed, ([stage, values]) => {
      const measured = measuredVisibility(plain, stage, size);
      const near = values.filter((value) => Math.abs(value / measured - 1) <= 0.25);
      return { stage, printed: median(values), measured, within: near.length / values.length };
    }),
  };
}

/** Slowed runs with the plain ones beside them, in pairs: of a pool A B B A, the first of each A with the first B. */
function pairsAround(
  pool: Pool,
  facts: readonly RunFacts[],
  stage: string,
  share: number,
): [RunFacts, RunFacts][] {
  const pairs: [RunFacts, RunFacts][] = [];
  pool.runs.forEach((run, i) => {
    if (run.stage !== stage || run.share !== share) return;
    const neighbour = pool.runs[i - 1]?.stage === '' ? facts[i - 1] : facts[i + 1];
    const own = facts[i];
    if (neighbour !== undefined && own !== undefined) pairs.push([neighbour, own]);
  });
  return pairs;
}

/** What a gate says of such a series. */
function gated(a: readonly RunFacts[], b: readonly RunFacts[]): RunSetComparison {
  for (const [look, size] of LOOKS.entries()) {
    const interim = interimComparison(a.slice(0, size), b.slice(0, size), look, { visible: false });
    if (interim.final) return interim.comparison;
  }
  return compareRunSets(a, b, { visible: false });
}

/** Comparisons of slowed runs with the plain ones beside them, over windows of the series. */
function detect(
  pool: Pool,
  facts: readonly RunFacts[],
  stage: string,
  share: number,
  size: number,
): Detection {
  const pairs = pairsAround(pool, facts, stage, share);
  const compared: { cv: number; found: boolean; gated: boolean | null }[] = [];
  // Whole blocks: places at every second pair.
  const places = Math.floor((pairs.length - size) / 2) + 1;
  const of = Math.max(0, Math.min(DETECTIONS, places));
  for (let i = 0; i < of; i += 1) {
    const start = 2 * Math.floor((i / of) * places);
    const picked = pairs.slice(start, start + size);
    const [a, b] = [picked.map(([plain]) => plain), picked.map(([, own]) => own)];
    const isFound = (comparison: RunSetComparison): boolean =>
      timed(comparison).some((v) => v.stage === stage && v.verdict === 'slower');
    compared.push({
      cv: variation(a.map((run) => seconds(run, stage))),
      found: isFound(compareRunSets(a, b, { visible: false })),
      gated: size === LOOKS.at(-1) ? isFound(gated(a, b)) : null,
    });
  }
  const secondsOf = (side: 0 | 1): number =>
    median(pairs.map((pair) => seconds(pair[side], stage)));
  const quiet = compared.filter(({ cv }) => cv <= MOST_CV);
  return {
    stage,
    share,
    trueRatio: secondsOf(1) / secondsOf(0),
    cv: compared.length === 0 ? NaN : median(compared.map(({ cv }) => cv)),
    found: tally(compared.map(({ found }) => found)),
    gated: tally(compared.map((each) => each.gated)),
    quiet: {
      found: tally(quiet.map(({ found }) => found)),
      gated: tally(quiet.map((each) => each.gated)),
    },
  };
}

/** How many are true; those that are null were not asked. */
function tally(answers: readonly (boolean | null)[]): Tally {
  const given = answers.filter((answer) => answer !== null);
  return { hits: given.filter(Boolean).length, of: given.length };
}

/** Coefficient of variation. */
function variation(values: readonly number[]): number {
  return Math.sqrt(variance(values)) / mean(values);
}

function seconds(facts: RunFacts, stage: string): number {
  const metric = facts.metrics.measured.find(
    (each) => each.stage === stage && each.metric === 'seconds',
  );
  return metric?.values[0] ?? NaN;
}

/** The change that is found three times in four with the real noise of this stage. */
function measuredVisibility(plain: readonly RunFacts[], stage: string, size: number): number {
  const comparisons = 40;
  const places = plain.length - 2 * size + 1;
  const found = (change: number): number => {
    const random = seededRandom(SEED + size);
    let hits = 0;
    for (let i = 0; i < comparisons; i += 1) {
      const [a, b] = dealt(plain, Math.floor((i / comparisons) * places), size, random);
      const slowed = b.map((run) => scaled(run, stage, 1 + change));
      hits += +timed(compareRunSets(a, slowed, { visible: false })).some(
        (v) => v.stage === stage && v.verdict === 'slower',
      );
    }
    return hits / comparisons;
  };
  let low = 0;
  let high = 2;
  for (let step = 0; step < 8; step += 1) {
    const middle = (low + high) / 2;
    if (found(middle) < 0.75) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function scaled(run: RunFacts, stage: string, factor: number): RunFacts {
  const measured = run.metrics.measured.map((metric) =>
    metric.stage === stage && metric.metric === 'seconds'
      ? { ...metric, values: metric.values.map((value) => value * factor) }
      : metric,
  );
  return { ...run, metrics: { ...run.metrics, measured } };
}
