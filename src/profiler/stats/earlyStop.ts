import type { SideOrder } from './blocks.ts';
import { isGreater, isLess, type RatioRule, ratioTest } from './ratioTest.ts';

/** Which verdicts further runs can still lead to. */
export interface StillPossible {
  readonly greater: boolean;
  readonly less: boolean;
}

/** A factor that no run reaches: beyond it a future run counts as the greatest, or the least, of all. */
const EXTREME = 1e6;

/**
 * Whether B can still turn out greater or less than A at the end, whatever the remaining runs of a planned series
 * bring: they are taken to be as extreme as can be. Where neither is possible, going on cannot find a change.
 *
 * @param planned runs of each side at the end
 * @param order of interleaved runs, which goes on as A B B A
 */
export function stillPossible(
  a: readonly number[],
  b: readonly number[],
  planned: number,
  rule: RatioRule,
  order: SideOrder | null = null,
): StillPossible {
  const low = Math.min(...a, ...b) / EXTREME;
  const high = Math.max(...a, ...b) * EXTREME;
  const fill = (values: readonly number[], value: number): number[] => [
    ...values,
    ...new Array<number>(Math.max(0, planned - values.length)).fill(value),
  ];
  const whole =
    order === null ? null : goneOn(order, Math.max(a.length, planned), Math.max(b.length, planned));
  const up = ratioTest(fill(a, low), fill(b, high), rule, whole);
  const down = ratioTest(fill(a, high), fill(b, low), rule, whole);
  return { greater: isGreater(up, up.greater, rule), less: isLess(down, down.less, rule) };
}

/** An order with further runs, until there are so many of each side. */
function goneOn(order: SideOrder, sizeA: number, sizeB: number): SideOrder {
  const whole = [...order];
  let leftB = sizeB - order.filter(Boolean).length;
  let leftA = sizeA + sizeB - order.length - leftB;
  while (leftA + leftB > 0) {
    const turn = whole.length % 4;
    const isB = leftB > 0 && (leftA === 0 || turn === 1 || turn === 2);
    whole.push(isB);
    if (isB) leftB -= 1;
    else leftA -= 1;
  }
  return whole;
}

/** Share of the error that all looks but the last one may use up together. */
const INTERIM_SHARE = 0.4;

/**
 * The level at which the data may be judged at one of several planned looks, so that all looks together err no more
 * often than `alpha`: the levels sum to it, most of it kept for the last look.
 *
 * @param look from 0
 */
export function alphaAtLook(alpha: number, look: number, looks: number): number {
  if (looks <= 1) return alpha;
  return look >= looks - 1 ? alpha * (1 - INTERIM_SHARE) : (alpha * INTERIM_SHARE) / (looks - 1);
}
