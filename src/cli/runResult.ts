import type { SpanColumns } from '../profiler/model/columns.ts';
import { type Run, spanCount } from '../profiler/model/run.ts';
import { MAX_DEPTH } from '../profiler/model/spanRelations.ts';
import { NO_SPAN } from '../profiler/model/units.ts';

const NS_PER_MS = 1e6;

/** A run in the words of the JSON contract: the last line that `import`, `log`, `listen` and `run` print. */
export interface RunResult {
  readonly type: 'result';
  readonly runId: string;
  readonly format: string;
  readonly spans: number;
  /** Tracks that carry spans; all tracks in a run without spans. */
  readonly tracks: number;
  /** Levels of nesting: 3 for a span in a span in a span, 0 without spans. */
  readonly maxDepth: number;
  readonly durationMs: number;
  /** Time series. */
  readonly counters: number;
  readonly logLines: number;
  /** All rejected rows; `rejections` holds at most a thousand of them. */
  readonly rejected: number;
  readonly rejections: readonly { file: string; offset: number | null; reason: string }[];
}

export function runResult(run: Run): RunResult {
  const { provenance, tracks, spans } = run;
  const withSpans = tracks.filter(({ lanes }) => lanes > 0).length;
  return {
    type: 'result',
    runId: run.id,
    format: provenance.format,
    spans: spanCount(run),
    tracks: withSpans > 0 ? withSpans : tracks.length,
    maxDepth: levelsOf(spans),
    durationMs: durationNs(run) / NS_PER_MS,
    counters: run.counters.length,
    logLines: run.log?.lines ?? 0,
    rejected: provenance.rejectedCount,
    rejections: provenance.rejected,
  };
}

/** Levels of the deepest nesting; exact also where the depth column ends. */
function levelsOf({ depth, parent }: SpanColumns): number {
  let deepest = -1;
  for (const each of depth) if (each > deepest) deepest = each;
  if (deepest < MAX_DEPTH) return deepest + 1;
  const levels = new Uint32Array(parent.length);
  const path: number[] = [];
  for (let start = 0; start < parent.length; start += 1) {
    let at = start;
    for (; at !== NO_SPAN && levels[at] === 0; at = parent[at] ?? NO_SPAN) path.push(at);
    let above = at === NO_SPAN ? 0 : (levels[at] ?? 0);
    for (let span = path.pop(); span !== undefined; span = path.pop()) {
      above += 1;
      levels[span] = above;
      if (above > deepest) deepest = above;
    }
  }
  return deepest;
}

/**
 * From the beginning of the first span to the end of the last; of a log, its lines count as well. A run without time
 * order that measures time lasts as long as its weights sum to.
 */
function durationNs(run: Run): number {
  if (run.weights !== null) {
    if (run.weights.unit !== 'nanoseconds') return 0;
    return run.weights.self.reduce((sum, weight) => sum + weight, 0);
  }
  let from = Infinity;
  let to = -Infinity;
  const widen = (start: number, end: number): void => {
    if (start < from) from = start;
    if (end > to) to = end;
  };
  const { startNs, durationNs: length } = run.spans;
  for (let i = 0; i < startNs.length; i += 1) {
    widen(startNs[i] ?? 0, (startNs[i] ?? 0) + (length[i] ?? 0));
  }
  if (startNs.length === 0 || run.kind === 'log') {
    for (const time of run.instants.timeNs) widen(time, time);
  }
  if (to === -Infinity)
    for (const { timesNs } of run.counters) for (const t of timesNs) widen(t, t);
  return to > from ? to - from : 0;
}
