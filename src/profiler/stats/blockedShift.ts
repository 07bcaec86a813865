import { type Block, differencesWithin, shifted } from './blocks.ts';
import { blockedRankTest, leastBlockedP } from './blockedRankTest.ts';
import type { Estimate } from './hodgesLehmann.ts';
import { medianOfSorted } from './robust.ts';

/** Places that are looked at on either side of the shift. */
const STEPS = 16;
/** Halvings between two of them. */
const HALVINGS = 18;
/** Room around differences that are all equal. */
const LEAST_RANGE = 1e-6;

/**
 * The shift from A to B in blocks: the median of all differences within blocks. Its interval holds the shifts that the
 * blocked rank test does not reject at (1 − confidence) / 2 on either side.
 *
 * Throws `stats.invalid-sample`.
 */
export function blockedShift(blocks: readonly Block[], confidence = 0.9): Estimate {
  const differences = differencesWithin(blocks);
  const value = medianOfSorted(differences);
  // Beside the rounding of (1 − 0.9) / 2, 3 v 3 in one block has exactly 5 % there.
  const tail = ((1 - confidence) / 2) * (1 + 1e-9);
  if (leastBlockedP(blocks) > tail) return { value, low: -Infinity, high: Infinity };
  const range = (differences.at(-1) ?? 0) - (differences[0] ?? 0) + LEAST_RANGE;
  // So far out every block is in one order.
  const low = boundary(value - 2 * range, value, (shift) => {
    return blockedRankTest(shifted(blocks, -shift)).greater <= tail;
  });
  const high = boundary(value + 2 * range, value, (shift) => {
    return blockedRankTest(shifted(blocks, -shift)).less <= tail;
  });
  return { value, low, high };
}

/**
 * Where the test begins to reject on the way from `outside`: infinite where it does not even there. The p of a shift does
 * not rise evenly towards the middle, as medians of blocks move with it; the outermost shift that is kept counts.
 */
function boundary(outside: number, inside: number, rejects: (shift: number) => boolean): number {
  if (!rejects(outside)) return outside < inside ? -Infinity : Infinity;
  let rejected = outside;
  for (let step = 1; step <= STEPS; step += 1) {
    const next = outside + ((inside - outside) * step) / STEPS;
    if (step < STEPS && rejects(next)) rejected = next;
    else return halved(rejected, next, rejects);
  }
  return inside;
}

function halved(from: number, to: number, rejects: (shift: number) => boolean): number {
  let [rejected, kept] = [from, to];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (rejected + kept) / 2;
    if (rejects(middle)) rejected = middle;
    else kept = middle;
  }
  return rejected;
}

/** The ratio of B to A, from blocks of logarithms. */
export function blockedRatio(logs: readonly Block[], confidence = 0.9): Estimate {
  const { value, low, high } = blockedShift(logs, confidence);
  return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) };
}
