import type { RatioMethod } from '../stats/ratioTest.ts';

/** What was decided of a metric; `slower` means worse and `faster` better also where no time is measured. */
export const VERDICT_WORDS = ['slower', 'faster', 'same', 'inconclusive', 'withheld'] as const;

export type VerdictWord = (typeof VERDICT_WORDS)[number];

/** 0 exact figures, 1 screen against accepted runs (never red), 2 confirmation, 3 history. */
export type Tier = 0 | 1 | 2 | 3;

/** One line of the answer. */
export interface Verdict {
  readonly stage: string;
  readonly metric: string;
  readonly verdict: VerdictWord;
  /** B / A; null where it cannot be said. */
  readonly ratio: number | null;
  /** Interval of the ratio (90 % by default); an end is null where there are too few runs for it. */
  readonly interval: readonly [number | null, number | null];
  /** Values of A and of B. */
  readonly n: readonly [number, number];
  /** One-sided, towards the side on which B lies, adjusted for all that was looked at; null for exact figures. */
  readonly p: number | null;
  /** The smallest ratio B / A that this design sees three times in four at this noise: 1.2 for +20 %. */
  readonly smallestVisible: number | null;
  readonly tier: Tier;
  readonly unit: string;
  /** One sentence. */
  readonly reason: string;
  /** Medians of A and of B; texts such as devices as they are. */
  readonly medians: readonly [number | string | null, number | string | null];
  /** How p was found. */
  readonly method: 'exact' | 'screen' | RatioMethod;
  /** Values of A and B that lie far from the others of their side; they count all the same. */
  readonly outliers: readonly [number, number];
}

/**
 * What verdicts come to on the whole: the worst that was found. Exact figures and wall times decide; CPU time, memory and
 * other counters are shown beside them and decide only where no wall time is there.
 */
export function overallVerdict(verdicts: readonly Verdict[]): VerdictWord {
  const judged = verdicts.filter(({ tier }) => tier !== 3);
  const isWall = ({ tier, metric }: Verdict): boolean => tier !== 0 && metric === 'seconds';
  const measured = judged.some(isWall)
    ? judged.filter(isWall)
    : judged.filter(({ tier }) => tier !== 0);
  const deciding = [...judged.filter(({ tier }) => tier === 0), ...measured];
  const has = (word: VerdictWord): boolean => deciding.some(({ verdict }) => verdict === word);
  if (has('slower')) return 'slower';
  if (has('withheld')) return 'withheld';
  if (has('faster')) return 'faster';
  if (deciding.length === 0) return 'inconclusive';
  return measured.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'same';
}
