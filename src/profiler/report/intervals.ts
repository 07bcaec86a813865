/** Stretches of time as `[start, end]` pairs, in the unit of whoever made them. */
export type Intervals = readonly (readonly [start: number, end: number])[];

/** The same time as stretches that are in order, apart from one another and not empty. */
export function mergeIntervals(intervals: Intervals): [number, number][] {
  const merged: [number, number][] = [];
  const ordered = intervals.filter(([start, end]) => end > start).sort(([a], [b]) => a - b);
  for (const [start, end] of ordered) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Length of the union of stretches. */
export function unionLength(intervals: Intervals): number {
  return mergeIntervals(intervals).reduce((sum, [start, end]) => sum + (end - start), 0);
}

/** Time from the first start to the last end; 0 without stretches. */
export function spanLength(intervals: Intervals): number {
  let from = Infinity;
  let to = -Infinity;
  for (const [start, end] of intervals) {
    from = Math.min(from, start);
    to = Math.max(to, end);
  }
  return to > from ? to - from : 0;
}

/** Length of what lies in `a` but not in `b`. */
export function lengthOutside(a: Intervals, b: Intervals): number {
  return unionLength([...a, ...b]) - unionLength(b);
}
