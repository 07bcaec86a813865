import { alphaAtLook, stillPossible } from '../stats/earlyStop.ts';
import { COMPARE_DEFAULTS, type CompareOptions } from './compareOptions.ts';
import { compareRunSets, pairsOf, type RunFacts, type RunSetComparison } from './compareRunSets.ts';
import { isNetworkStage } from './metric.ts';

/** Runs of each side after which a growing series is judged: enough for ranks, the default, the cap. */
export const LOOKS: readonly number[] = [5, 7, 10];

/** At a look before the last, equality must be as sure as a difference. */
const INTERIM_CONFIDENCE = 0.98;

export interface InterimComparison {
  readonly comparison: RunSetComparison;
  /** What it was judged with: a share of the error, and before the last look a wider interval. */
  readonly alpha: number;
  readonly confidence: number;
  /** Whether to stop: nothing that is still to come could, or need, alter the verdict. */
  readonly final: boolean;
  /** Why, in one sentence. */
  readonly why: string;
}

/**
 * Judges a series of interleaved runs while it grows. All looks together err no more often than one comparison of the same
 * alpha would: each has its share. It is over when every time has its verdict, when something got slower, or when the
 * most extreme runs that could still come would make nothing slower or faster.
 *
 * @param look position in `looks`: how many looks there were before
 */
export function interimComparison(
  a: readonly RunFacts[],
  b: readonly RunFacts[],
  look: number,
  given: Partial<CompareOptions> = {},
  looks: readonly number[] = LOOKS,
): InterimComparison {
  const options = { ...COMPARE_DEFAULTS, ...given };
  const last = look >= looks.length - 1;
  const alpha = alphaAtLook(options.alpha, look, looks.length);
  const confidence = last ? options.confidence : INTERIM_CONFIDENCE;
  const comparison = compareRunSets(a, b, { ...options, alpha, confidence });
  const judged = { comparison, alpha, confidence };
  if (last) return { ...judged, final: true, why: 'That was the last look.' };
  const { verdicts, overall } = comparison;
  if (overall === 'slower') {
    return { ...judged, final: true, why: 'Slower: more runs would not take that back.' };
  }
  const times = verdicts.filter(({ tier, metric }) => tier === 2 && metric === 'seconds');
  const open = times.filter(({ verdict }) => verdict === 'inconclusive');
  if (open.length === 0) return { ...judged, final: true, why: 'Everything is decided.' };
  if (!comparison.environment.comparable && !options.acrossEnvironments) {
    return { ...judged, final: true, why: 'The environments differ: more runs would not help.' };
  }
  const planned = looks.at(-1) ?? 0;
  const pairs = pairsOf(a, b);
  const rule = { ...options, alpha: alphaAtLook(options.alpha, looks.length - 1, looks.length) };
  const canChange = open.some(({ stage, metric }) => {
    const pair = pairs.find((each) => each.stage === stage && each.metric === metric);
    if (pair === undefined || isNetworkStage(stage)) return false;
    const [x, y] = [pair.a, pair.b].map((side) => side.map((value) => Math.max(value, 1e-9)));
    const possible = stillPossible(x ?? [], y ?? [], planned, rule, pair.order);
    return possible.greater || possible.less;
  });
  return canChange
    ? { ...judged, final: false, why: `${open.length} times are still open.` }
    : {
        ...judged,
        final: true,
        why: 'No runs that are left could make anything slower or faster.',
      };
}
