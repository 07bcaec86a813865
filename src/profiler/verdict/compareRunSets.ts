import type { Run } from '../model/run.ts';
import { median } from '../stats/robust.ts';
import {
  compareEnvironments,
  differenceText,
  type EnvironmentComparison,
} from './compareEnvironments.ts';
import { COMPARE_DEFAULTS, type CompareOptions, isWanted } from './compareOptions.ts';
import { confirm } from './confirm.ts';
import { exactVerdicts } from './exactVerdicts.ts';
import { takeTurns, timeOrder } from './interleaving.ts';
import { type LostCoverage, lostCoverage, withheldStages } from './lostCoverage.ts';
import { isNetworkStage, type RunMetrics, WHOLE_RUN } from './metric.ts';
import { metricsOf } from './metricsOf.ts';
import { type SamplePair, samplePairs } from './samplePairs.ts';
import { overallVerdict, type Verdict, type VerdictWord } from './verdict.ts';

/** What of a run a comparison needs: small, so that sets of large runs need not be held. */
export interface RunFacts {
  readonly metrics: RunMetrics;
  readonly environment: Run['environment'];
  readonly epochNs: bigint | null;
}

export interface RunSetComparison {
  /** Exact figures first, then measured ones. */
  readonly verdicts: readonly Verdict[];
  readonly overall: VerdictWord;
  readonly environment: EnvironmentComparison;
  readonly lost: readonly LostCoverage[];
  /** What to know when reading it, each a sentence. */
  readonly notes: readonly string[];
}

/** Takes from a run what it can be compared by. */
export function runFacts(run: Run): RunFacts {
  return {
    metrics: metricsOf(run),
    environment: run.environment,
    epochNs: run.epochNs > 0n ? run.epochNs : null,
  };
}

/**
 * Decides what of B got worse against A: Tier 0 and Tier 2. Both sets must hold at least one run.
 *
 * Times are not compared where the environments are known to differ; exact figures still are, unless the input does.
 */
export function compareRunSets(
  a: readonly RunFacts[],
  b: readonly RunFacts[],
  given: Partial<CompareOptions> = {},
): RunSetComparison {
  const options = { ...COMPARE_DEFAULTS, ...given };
  const [inA, inB] = [a, b].map((side) => side.map(({ metrics }) => metrics));
  const environment = compareEnvironments(
    a.map((run) => run.environment),
    b.map((run) => run.environment),
  );
  const lost = lostCoverage(inA ?? [], inB ?? []);
  const otherInput = environment.differences.some(
    ({ field, severity }) => field === 'inputHash' && severity === 'different',
  );
  const exact = otherInput
    ? []
    : exactVerdicts(inA ?? [], inB ?? []).filter((verdict) => isWanted(verdict, options));
  const all = pairsOf(a, b);
  const pairs = all.filter((pair) => isWanted(pair, options) && isShared(pair, a, b));
  const measured =
    environment.comparable || options.acrossEnvironments
      ? judgeAll(pairs, all, options)
      : pairs.map((pair) => notCompared(pair, environment));
  const order = [...a, ...b].reduce<readonly string[]>(
    (longest, { metrics }) => (metrics.stages.length > longest.length ? metrics.stages : longest),
    [],
  );
  const isWithheld = withheldStages(lost, order, b[0]?.metrics.extents);
  const verdicts = [
    ...exact,
    ...measured.map((verdict) => (isWithheld(verdict.stage) ? withhold(verdict, lost) : verdict)),
  ];
  return {
    verdicts,
    overall: overallVerdict(verdicts),
    environment,
    lost,
    notes: notesOf(a, b, environment, options, otherInput),
  };
}

/** Pairs up what the runs measured, in the order in which they were made where it is known. */
export function pairsOf(a: readonly RunFacts[], b: readonly RunFacts[]): SamplePair[] {
  const inTime = timeOrder(a, b);
  const [ofA, ofB] = [inTime.a, inTime.b].map((side) => side.map(({ metrics }) => metrics));
  return samplePairs(ofA ?? [], ofB ?? [], inTime.order);
}

/** In most runs of both sides: what only some have is told by the exact figures. */
function isShared(pair: SamplePair, a: readonly unknown[], b: readonly unknown[]): boolean {
  return pair.a.length * 2 > a.length && pair.b.length * 2 > b.length;
}

/** Times of one family, everything else of another, so that watching memory does not blur the times. */
function judgeAll(
  pairs: readonly SamplePair[],
  all: readonly SamplePair[],
  options: CompareOptions,
): Verdict[] {
  const whole = all.find(({ stage, metric }) => stage === WHOLE_RUN && metric === 'seconds');
  const values = [...(whole?.a ?? []), ...(whole?.b ?? [])];
  const runSeconds = values.length === 0 || whole?.unit !== 's' ? null : median(values);
  const judged = pairs.filter(({ stage }) => !isNetworkStage(stage));
  const times = judged.filter(({ metric }) => metric === 'seconds');
  const others = judged.filter(({ metric }) => metric !== 'seconds');
  const network = pairs.filter(({ stage }) => isNetworkStage(stage));
  return [
    ...confirm(times, runSeconds, options),
    ...confirm(others, runSeconds, options),
    ...network.flatMap((pair) => confirm([pair], runSeconds, options)).map(reportOnly),
  ];
}

function reportOnly(verdict: Verdict): Verdict {
  if (verdict.verdict === 'same') return verdict;
  const reason = `Depends on the network: shown, not judged. ${verdict.reason}`;
  return { ...verdict, verdict: 'inconclusive', reason, tier: 3 };
}

function notCompared(pair: SamplePair, environment: EnvironmentComparison): Verdict {
  return {
    stage: pair.stage,
    metric: pair.metric,
    verdict: 'inconclusive',
    ratio: null,
    interval: [null, null],
    n: [pair.a.length, pair.b.length],
    p: null,
    smallestVisible: null,
    tier: 2,
    unit: pair.unit,
    reason: `Not compared: ${differenceText(environment)}.`,
    medians: [median(pair.a), median(pair.b)],
    method: 'none',
    outliers: [0, 0],
  };
}

/** Slower with less to do is slower all the same; anything else means nothing. */
function withhold(verdict: Verdict, lost: readonly LostCoverage[]): Verdict {
  if (verdict.verdict === 'slower') return verdict;
  const losses = lost.map(({ stage, text }) => `${stage}: ${text}`).join('; ');
  return { ...verdict, verdict: 'withheld', reason: `Less was done (${losses}).` };
}

function notesOf(
  a: readonly RunFacts[],
  b: readonly RunFacts[],
  environment: EnvironmentComparison,
  options: CompareOptions,
  otherInput: boolean,
): string[] {
  const notes: string[] = [];
  const starts = [a, b].map((side) => side.map(({ epochNs }) => epochNs));
  const turns = takeTurns(starts[0] ?? [], starts[1] ?? []);
  if (turns === false && a.length + b.length > 2) {
    notes.push(
      'The runs of A and B did not take turns: a machine that got slower in between would look the same.',
    );
  } else if (turns === null) {
    notes.push('When the runs were made is not known, so neither is whether A and B took turns.');
  }
  if (!environment.comparable && options.acrossEnvironments) {
    notes.push(`Compared although the environments differ: ${differenceText(environment)}.`);
  }
  if (otherInput) notes.push('The inputs differ, so exact figures were not compared either.');
  if (environment.unknown.length > 0) {
    notes.push(`Not known of either side: ${environment.unknown.join(', ')}.`);
  }
  return notes;
}
