import { INSTANT_KIND } from '../../model/columns.ts';
import type { Run } from '../../model/run.ts';
import { NS_PER_SECOND, type Seconds } from '../../model/units.ts';

/** When the log lines of a run were written, in order. */
export interface LogTimes {
  readonly seconds: Float64Array;
}

export function logTimesOf(run: Run): LogTimes {
  const times: number[] = [];
  run.instants.timeNs.forEach((timeNs, instant) => {
    if (run.instants.kind[instant] === INSTANT_KIND.log) times.push(timeNs / NS_PER_SECOND);
  });
  return { seconds: Float64Array.from(times) };
}

/** Seconds from a time to the next line after it; null behind the last one. */
export function gapAfter(times: LogTimes, at: Seconds): Seconds | null {
  const next = times.seconds[firstBeyond(times, at)];
  return next === undefined ? null : next - at;
}

/** Seconds from the line before a time to it; null at the first one. */
export function gapBefore(times: LogTimes, at: Seconds): Seconds | null {
  let i = firstBeyond(times, at) - 1;
  while (i >= 0 && (times.seconds[i] ?? 0) >= at - 1e-9) i -= 1;
  const before = times.seconds[i];
  return before === undefined ? null : at - before;
}

function firstBeyond({ seconds }: LogTimes, at: Seconds): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seconds[middle] ?? 0) <= at + 1e-9) low = middle + 1;
    else high = middle;
  }
  return low;
}
