import { EnergyDistance } from './energyDistance.ts';
import { checkSample, mean } from './sample.ts';
import { studentTTest } from './welch.ts';

/** A place at which the level of a series changed for good. */
export interface ChangePoint {
  /** First value of the new level. */
  readonly index: number;
  /** Means of the stretches up to the neighbouring change points. */
  readonly before: number;
  readonly after: number;
  /** Student's t test, two-sided, of both stretches. */
  readonly p: number;
}

export interface ChangePointOptions {
  /** Values looked at together; the next window begins half of it later, or at the last change. */
  readonly window: number;
  readonly maxP: number;
  /** Least relative change, in the direction in which it is greater. */
  readonly minMagnitude: number;
}

/** As Apache Otava has them. */
export const CHANGE_POINT_DEFAULTS: ChangePointOptions = {
  window: 50,
  maxP: 0.001,
  minMagnitude: 0,
};

/** How much looser the first pass is: merging judges again what it let through. */
const FIRST_PASS = 10;

/**
 * Change points of a series by E-divisive with Student's t test (Hunter: Fleming et al. 2023, as in Apache Otava, with
 * the sample's standard deviation): windows are split where the energy distance is greatest for as long as p allows, then the
 * weakest points are merged away.
 *
 * Throws `stats.invalid-sample` for a value that is not finite.
 */
export function changePoints(
  series: readonly number[],
  options: Partial<ChangePointOptions> = {},
): ChangePoint[] {
  if (series.length < 2) return [];
  checkSample(series);
  const { window, maxP, minMagnitude } = { ...CHANGE_POINT_DEFAULTS, ...options };
  const indexes = new Set<number>();
  for (let start = 0; start < series.length;) {
    const end = Math.min(start + window, series.length);
    const found = splitWindow(series.slice(start, end), maxP * FIRST_PASS);
    for (const index of found) indexes.add(start + index);
    const last = found.at(-1) ?? 0;
    start = Math.max(last > 0 ? start + last : 0, start + Math.max(1, window >> 1));
  }
  return merge(series, sorted(indexes), maxP, minMagnitude);
}

function sorted(indexes: Iterable<number>): number[] {
  return [...indexes].sort((a, b) => a - b);
}

/** Cuts at the greatest energy distance of all pieces, until the greatest is not significant. */
function splitWindow(values: readonly number[], maxP: number): number[] {
  const distances = new EnergyDistance(values);
  let cuts: number[] = [];
  for (;;) {
    const bounds = [0, ...cuts, values.length];
    const candidates = bounds
      .slice(1)
      .flatMap((end, i) => distances.bestSplit(bounds[i] ?? 0, end) ?? []);
    const [first, ...rest] = candidates;
    if (first === undefined) return cuts;
    const best = rest.reduce((a, b) => (b.divergence > a.divergence ? b : a), first);
    const next = sorted([...cuts, best.index]);
    const point = pointsAt(values, next).find(({ index }) => index === best.index);
    if (point === undefined || !(point.p <= maxP)) return cuts;
    cuts = next;
  }
}

function merge(
  series: readonly number[],
  weak: readonly number[],
  maxP: number,
  minMagnitude: number,
): ChangePoint[] {
  let points = pointsAt(series, weak);
  for (;;) {
    const [first, ...rest] = points;
    if (first === undefined) return points;
    let weakest = rest.reduce((a, b) => (b.p > a.p ? b : a), first);
    if (weakest.p < maxP) {
      weakest = rest.reduce((a, b) => (magnitude(b) < magnitude(a) ? b : a), first);
      if (magnitude(weakest) > minMagnitude) return points;
    }
    const left = points.filter((point) => point !== weakest).map(({ index }) => index);
    points = pointsAt(series, left);
  }
}

function pointsAt(series: readonly number[], indexes: readonly number[]): ChangePoint[] {
  return indexes.map((index, i) => {
    const left = series.slice(indexes[i - 1] ?? 0, index);
    const right = series.slice(index, indexes[i + 1] ?? series.length);
    const p = left.length + right.length > 2 ? studentTTest(left, right).twoSided : 1;
    return { index, before: mean(left), after: mean(right), p };
  });
}

/** The greater one of the relative changes forth and back; 0 for a direction that begins at 0. */
function magnitude({ before, after }: ChangePoint): number {
  const relative = (from: number, to: number): number => (from === 0 ? 0 : to / from - 1);
  return Math.max(Math.abs(relative(before, after)), Math.abs(relative(after, before)));
}
