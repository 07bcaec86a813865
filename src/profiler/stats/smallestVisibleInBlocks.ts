import { type Block, aligned, differencesWithin, shifted } from './blocks.ts';
import { blockedRankTest } from './blockedRankTest.ts';
import { blockedTTest } from './blockedTTest.ts';
import { medianOfSorted } from './robust.ts';
import { blockedMethod, type RatioRule } from './ratioTest.ts';
import { seededRandom } from './seededRandom.ts';

/** How often a change of the smallest visible size is seen: three times in four. */
export const VISIBLE_POWER = 0.75;

const DRAWS = 200;
const FEWEST_DRAWS = 60;
/** Values drawn at most: long series have fewer draws. */
const MOST_VALUES = 8000;
const SEED = 20_261_123;
const HALVINGS = 8;

/**
 * The smallest true ratio B / A that an interleaved series of these blocks sees three times in four by the rule, at the
 * noise within its blocks; null where none could be seen.
 *
 * As `smallestVisible`: series are drawn from what is left after each block's level and the shift, and the upper quartile
 * of the shifts from which on the rule fires is the answer. Where the t test decides, it is the test that is searched.
 *
 * @param logs blocks of logarithms
 */
export function smallestVisibleInBlocks(logs: readonly Block[], rule: RatioRule): number | null {
  const method = blockedMethod(logs, rule.alpha);
  if (method === 'none') return null;
  const noise = noiseOf(logs);
  const least = Math.log(rule.threshold);
  // The interval must exclude 1 as well: whichever of both is the stricter.
  const tail = (1 - rule.confidence) / 2;
  const isSeen = (blocks: readonly Block[]): boolean => {
    const ranks = blockedRankTest(blocks).greater;
    if (method === 'blocked-rank') return ranks <= Math.min(rule.alpha, tail);
    return ranks <= tail && blockedTTest(blocks).greater <= rule.alpha;
  };
  const random = seededRandom(SEED);
  const pick = (): number => noise[Math.floor(random() * noise.length)] ?? 0;
  const draws = Math.max(FEWEST_DRAWS, Math.min(DRAWS, Math.floor(MOST_VALUES / noise.length)));
  const seenFrom = Float64Array.from({ length: draws }, () => {
    const drawn = logs.map(({ a, b }) => ({ a: a.map(pick), b: b.map(pick) }));
    const differences = differencesWithin(drawn);
    const bySize = least - medianOfSorted(differences);
    const range = (differences.at(-1) ?? 0) - (differences[0] ?? 0);
    return firingShift(drawn, bySize, bySize + 2 * range, isSeen);
  }).sort();
  const shift = seenFrom[Math.ceil(VISIBLE_POWER * draws) - 1] ?? Infinity;
  return Number.isFinite(shift) ? Math.exp(shift) : null;
}

/** The least shift of B between two that is seen; infinite where not even the greater one is. */
function firingShift(
  drawn: readonly Block[],
  from: number,
  to: number,
  isSeen: (blocks: readonly Block[]) => boolean,
): number {
  if (isSeen(shifted(drawn, from))) return from;
  if (!isSeen(shifted(drawn, to))) return Infinity;
  let [blind, seen] = [from, to];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (blind + seen) / 2;
    if (isSeen(shifted(drawn, middle))) seen = middle;
    else blind = middle;
  }
  return seen;
}

/** Noise within blocks, widened by what taking out their medians and the shift cost. */
function noiseOf(logs: readonly Block[]): number[] {
  const shift = medianOfSorted(differencesWithin(logs));
  const all = aligned(shifted(logs, -shift)).flatMap(({ a, b }) => [...a, ...b]);
  const left = Math.max(1, all.length - COST_OF_MEDIAN * logs.length - 1);
  const widening = Math.sqrt(all.length / left);
  return all.map((value) => value * widening);
}

/** Share of one value's variance by which the median of four takes normal noise away: 4 · (1 − 0.798). */
const COST_OF_MEDIAN = 0.81;
