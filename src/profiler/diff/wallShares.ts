import type { Run } from '../model/run.ts';
import { NO_SPAN } from '../model/units.ts';

/** The wall time of a run, divided up without rest. */
export interface WallShares {
  /** From the first start to the last end. */
  readonly wallNs: number;
  /** Wall time for which each span answers. */
  readonly shareNs: Float64Array;
  /** Time in which no span ran. */
  readonly idleNs: number;
}

/**
 * Divides the wall time of a run among its spans: each moment belongs to the spans that run then and none of whose
 * children does, in equal parts. So tracks that run side by side share their time instead of counting it twice, and
 * shares and idle time sum to the wall time (but for rounding).
 *
 * One pass over starts and ends; `perSpan` is the time that a span that runs without a pause would have been given so
 * far, so that no moment costs more for having many spans.
 */
export function wallShares(run: Run): WallShares {
  const { startNs, durationNs, parent } = run.spans;
  const count = startNs.length;
  const endNs = startNs.map((start, span) => start + (durationNs[span] ?? 0));
  const byEnd = Uint32Array.from(startNs, (_start, span) => span);
  byEnd.sort((x, y) => (endNs[x] ?? 0) - (endNs[y] ?? 0));
  const shareNs = new Float64Array(count);
  const givenBefore = new Float64Array(count);
  const running = new Uint8Array(count);
  const runningChildren = new Uint32Array(count);
  let perSpan = 0;
  let idleNs = 0;
  let innermost = 0;
  let now = startNs[0] ?? 0;
  const advance = (to: number): void => {
    if (innermost === 0) idleNs += to - now;
    else perSpan += (to - now) / innermost;
    now = to;
  };
  const enter = (span: number): void => {
    innermost += 1;
    givenBefore[span] = perSpan;
  };
  const leave = (span: number): void => {
    innermost -= 1;
    shareNs[span] = (shareNs[span] ?? 0) + perSpan - (givenBefore[span] ?? 0);
  };
  const start = (span: number): void => {
    if (durationNs[span] === 0) return;
    advance(startNs[span] ?? 0);
    running[span] = 1;
    if (runningChildren[span] === 0) enter(span);
    const owner = parent[span] ?? NO_SPAN;
    if (owner === NO_SPAN) return;
    if (running[owner] === 1 && runningChildren[owner] === 0) leave(owner);
    runningChildren[owner] = (runningChildren[owner] ?? 0) + 1;
  };
  const end = (span: number): void => {
    if (durationNs[span] === 0) return;
    advance(endNs[span] ?? 0);
    running[span] = 0;
    if (runningChildren[span] === 0) leave(span);
    const owner = parent[span] ?? NO_SPAN;
    if (owner === NO_SPAN) return;
    runningChildren[owner] = (runningChildren[owner] ?? 0) - 1;
    if (running[owner] === 1 && runningChildren[owner] === 0) enter(owner);
  };
  let started = 0;
  for (const span of byEnd) {
    while (started < count && (startNs[started] ?? 0) < (endNs[span] ?? 0)) {
      start(started);
      started += 1;
    }
    end(span);
  }
  // A last span without a length may still lie behind the last end.
  const lastNs = Math.max(now, startNs[count - 1] ?? now);
  advance(lastNs);
  return { wallNs: lastNs - (startNs[0] ?? lastNs), shareNs, idleNs };
}
