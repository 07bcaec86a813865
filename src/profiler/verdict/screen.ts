import { hodgesLehmannRatio } from '../stats/hodgesLehmann.ts';
import { MAD_TO_SIGMA, median, medianAbsoluteDeviation, outliersOf } from '../stats/robust.ts';
import type { RunFacts } from './compareRunSets.ts';
import { changeText } from './confirmReason.ts';
import { isNetworkStage } from './metric.ts';
import { samplePairs } from './samplePairs.ts';
import type { Verdict, VerdictWord } from './verdict.ts';

/** Runs of the pool, and sessions they must come from. */
export const POOL_RUNS = 10;
export const POOL_SESSIONS = 5;

/** New runs that are looked at. */
export const NEW_RUNS = 3;

/** Runs that began less than this after another belong to its session. */
const SESSION_GAP_NS = 30n * 60n * 1_000_000_000n;

/** A change below this is not worth a word. */
const LEAST_CHANGE = 0.05;

/** How many sessions runs come from; runs without a date count as one each. */
export function sessionCount(epochsNs: readonly (bigint | null)[]): number {
  const known = epochsNs.filter((epoch) => epoch !== null).sort((x, y) => (x < y ? -1 : 1));
  let sessions = epochsNs.length - known.length;
  known.forEach((epoch, i) => {
    const previous = known[i - 1];
    if (previous === undefined || epoch - previous > SESSION_GAP_NS) sessions += 1;
  });
  return sessions;
}

/**
 * Tier 1: the newest runs against the last accepted ones. It hints and never condemns: the runs come from other sessions,
 * so that `slower` is no word of it. What is beyond twice the pool's spread is `inconclusive`, to be confirmed.
 *
 * @param newest at least one, the newest last; the last three are looked at
 * @param accepted the newest last; the last ten are looked at
 */
export function screen(newest: readonly RunFacts[], accepted: readonly RunFacts[]): Verdict[] {
  const pool = accepted.slice(-POOL_RUNS);
  const sessions = sessionCount(pool.map(({ epochNs }) => epochNs));
  const pairs = samplePairs(
    pool.map(({ metrics }) => metrics),
    newest.slice(-NEW_RUNS).map(({ metrics }) => metrics),
  );
  return pairs
    .filter(({ stage, metric, a, b }) => {
      return metric === 'seconds' && !isNetworkStage(stage) && a.length * b.length > 0;
    })
    .map(({ stage, metric, unit, a, b }): Verdict => {
      const [low, high] = [a, b].map((side) => side.map((value) => Math.max(value, 1e-9)));
      const ratio = hodgesLehmannRatio(low ?? [], high ?? []);
      const spread = (MAD_TO_SIGMA * medianAbsoluteDeviation(a)) / Math.max(median(a), 1e-9);
      const limit = Math.max(LEAST_CHANGE, 2 * spread);
      let verdict: VerdictWord = 'same';
      let reason = `${changeText(ratio.value)}: within ±${(limit * 100).toFixed(1)} % of the accepted runs.`;
      if (a.length < POOL_SESSIONS || sessions < POOL_SESSIONS) {
        verdict = 'inconclusive';
        const have = Math.min(a.length, sessions);
        reason = `Not enough runs (have ${have}, need ${POOL_SESSIONS} of as many sessions).`;
      } else if (Math.abs(ratio.value - 1) > limit) {
        verdict = 'inconclusive';
        const word = ratio.value > 1 ? 'slower' : 'faster';
        reason = `Maybe ${word}, ${changeText(ratio.value)}: to be confirmed with earshot profile gate.`;
      }
      const ends = [ratio.low, ratio.high].map((end) => (end > 0 && end < Infinity ? end : null));
      return {
        stage,
        metric,
        verdict,
        ratio: ratio.value,
        interval: [ends[0] ?? null, ends[1] ?? null],
        n: [a.length, b.length],
        p: null,
        smallestVisible: 1 + limit,
        tier: 1,
        unit,
        reason,
        medians: [median(a), median(b)],
        method: 'screen',
        outliers: [outliersOf(a).length, outliersOf(b).length],
      };
    });
}
