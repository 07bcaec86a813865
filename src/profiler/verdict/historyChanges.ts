import { type ChangePoint, changePoints } from '../stats/changePoints.ts';

/** Points of the old and of the new level that it takes to blame a run. */
export const BEFORE_POINTS = 10;
export const AFTER_POINTS = 4;

/** A change of level in a series of runs. */
export interface HistoryChange extends ChangePoint {
  /** New level / old level; null where the old one is 0. */
  readonly ratio: number | null;
  /** Whether there are points enough on either side to say that it was this run. */
  readonly settled: boolean;
}

/**
 * Tier 3: changes of level in the history of one metric, oldest first, by E-divisive with Student's t test on the
 * logarithms where all values are above 0. Changes below the threshold are left out.
 */
export function historyChanges(values: readonly number[], threshold: number): HistoryChange[] {
  const positive = values.every((value) => value > 0);
  const series = positive ? values.map(Math.log) : values;
  const back = (level: number): number => (positive ? Math.exp(level) : level);
  const points = changePoints(series);
  return points.flatMap((point, i) => {
    const [before, after] = [back(point.before), back(point.after)];
    const ratio = before === 0 ? null : after / before;
    const small = ratio !== null && ratio < threshold && ratio > 1 / threshold;
    if (small) return [];
    const end = points[i + 1]?.index ?? values.length;
    const start = points[i - 1]?.index ?? 0;
    const settled = point.index - start >= BEFORE_POINTS && end - point.index >= AFTER_POINTS;
    return [{ ...point, before, after, ratio, settled }];
  });
}
