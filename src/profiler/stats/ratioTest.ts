import { blockedRankTest, leastBlockedP } from './blockedRankTest.ts';
import { blockedRatio } from './blockedShift.ts';
import { blockedTTest } from './blockedTTest.ts';
import { type Block, blocksOf, type SideOrder } from './blocks.ts';
import { type Estimate, hodgesLehmannRatio, logarithms } from './hodgesLehmann.ts';
import { leastMannWhitneyP, mannWhitney } from './mannWhitney.ts';
import { welch } from './welch.ts';

/** `none`: too few runs for any. */
export type RatioMethod = 'blocked-rank' | 'blocked-t' | 'mann-whitney' | 'welch' | 'none';

/** When B counts as greater or less than A by a ratio. */
export interface RatioRule {
  /** Greatest one-sided p, after the adjustment for what else is looked at. */
  readonly alpha: number;
  /** Least ratio that matters: 1.1 for 10 %. */
  readonly threshold: number;
  /** Of the interval, which must exclude 1. */
  readonly confidence: number;
}

export interface RatioTest {
  /** B / A with its interval. */
  readonly ratio: Estimate;
  readonly method: RatioMethod;
  /** One-sided p of B being greater, of B being less. */
  readonly greater: number;
  readonly less: number;
}

/** Runs of either side that a t test needs at least: with two a side the spread is a guess. */
const LEAST_FOR_WELCH = 3;

/**
 * The test that samples of these sizes call for: Mann and Whitney's where it can reach the level at all, else Welch's
 * of the logarithms. Only the sizes decide, so choosing costs no error.
 */
export function ratioMethod(sizeA: number, sizeB: number, alpha: number): RatioMethod {
  if (leastMannWhitneyP(sizeA, sizeB) <= alpha) return 'mann-whitney';
  return Math.min(sizeA, sizeB) >= LEAST_FOR_WELCH ? 'welch' : 'none';
}

/** The same for blocks of an interleaved series, by the number of their labellings. */
export function blockedMethod(blocks: readonly Block[], alpha: number): RatioMethod {
  if (leastBlockedP(blocks) <= alpha) return 'blocked-rank';
  const least = (side: keyof Block): number =>
    blocks.reduce((sum, block) => sum + block[side].length, 0);
  return Math.min(least('a'), least('b')) >= LEAST_FOR_WELCH ? 'blocked-t' : 'none';
}

/**
 * How B relates to A; all values must be above 0. Throws `stats.invalid-sample`.
 *
 * @param order of interleaved runs, whose neighbours are then compared; null where it is not known or they took no turns
 */
export function ratioTest(
  a: readonly number[],
  b: readonly number[],
  rule: RatioRule,
  order: SideOrder | null = null,
): RatioTest {
  const blocks = order === null ? null : blocksOf(logarithms(a), logarithms(b), order);
  if (blocks !== null) return blockedRatioTest(blocks, rule);
  const method = ratioMethod(a.length, b.length, rule.alpha);
  const ratio = hodgesLehmannRatio(a, b, rule.confidence);
  if (method === 'none') return { ratio, method, greater: 1, less: 1 };
  const test = method === 'welch' ? welch(logarithms(a), logarithms(b)) : mannWhitney(a, b);
  return { ratio, method, greater: test.greater, less: test.less };
}

function blockedRatioTest(logs: readonly Block[], rule: RatioRule): RatioTest {
  const method = blockedMethod(logs, rule.alpha);
  const ratio = blockedRatio(logs, rule.confidence);
  if (method === 'none') return { ratio, method, greater: 1, less: 1 };
  const test = method === 'blocked-t' ? blockedTTest(logs) : blockedRankTest(logs);
  return { ratio, method, greater: test.greater, less: test.less };
}

/** Whether B is greater than A by the rule; `p` of the test with whatever adjustment. */
export function isGreater({ ratio }: RatioTest, p: number, rule: RatioRule): boolean {
  return p <= rule.alpha && ratio.value >= rule.threshold && ratio.low > 1;
}

/** Whether B is less than A by the rule, which is the mirror image. */
export function isLess({ ratio }: RatioTest, p: number, rule: RatioRule): boolean {
  return p <= rule.alpha && ratio.value <= 1 / rule.threshold && ratio.high < 1;
}

/** Whether B equals A as far as it matters: the whole interval lies inside of the threshold, on either side. */
export function isEquivalent({ ratio }: RatioTest, rule: RatioRule): boolean {
  return ratio.low > 1 / rule.threshold && ratio.high < rule.threshold;
}
