import type { Run } from '../../model/run.ts';
import { spanCount } from '../../model/run.ts';
import { NO_SPAN } from '../../model/units.ts';
import type { SpanNotes } from './spanNotes.ts';

/** Formats whose spans are made of samples, or of the runs of a benchmark: they are no operations of one run. */
const NO_OPERATIONS: ReadonlySet<string> = new Set([
  'cpuprofile',
  'collapsed',
  'pprof',
  'firefox',
  'perf-script',
  'cprofile',
  'hyperfine',
  'go-bench',
  'pytest-benchmark',
]);

/** Share of spans whose attributes tell something, from which on a trace tells operations. */
const TOLD = 0.02;
/** Mean depth from which on spans of which nothing is told are calls of functions. */
const CALL_DEPTH = 5;
/** Mean depth of stacks, and share of the spans whose start is another's boundary, from which on they are samples. */
const STACK_DEPTH = 3;
const MEET = 0.9;
const MOST_SPANS = 5000;

/**
 * Whether the spans are samples of stacks, or every call of every function, instead of operations that somebody chose
 * to record. Rules that count operations keep away from them.
 */
export function isCallTrace(run: Run, notes: SpanNotes): boolean {
  if (run.weights !== null || NO_OPERATIONS.has(run.provenance.format)) return true;
  const spans = spanCount(run);
  if (spans === 0) return false;
  const depth = meanDepth(run);
  if (depth >= STACK_DEPTH && boundariesMeet(run)) return true;
  return depth >= CALL_DEPTH && toldOf(notes) < spans * TOLD;
}

function meanDepth(run: Run): number {
  let sum = 0;
  for (const depth of run.spans.depth) sum += depth;
  return sum / spanCount(run);
}

/** Attributes whose meaning is known. */
function toldOf(notes: SpanNotes): number {
  const unknown = notes.logged.size + notes.other.size + notes.process.size;
  const maps: readonly ReadonlyMap<number, unknown>[] = Object.values(notes);
  return maps.reduce((sum, { size }) => sum + size, 0) - unknown;
}

/** Samples share their boundaries: a stack begins, with all its frames, where another one ends. */
function boundariesMeet(run: Run): boolean {
  const { startNs, durationNs, parent } = run.spans;
  const most = Math.min(startNs.length, MOST_SPANS);
  const ends = new Set<number>();
  for (let span = 0; span < most; span += 1) {
    ends.add((startNs[span] ?? 0) + (durationNs[span] ?? 0));
  }
  let met = 0;
  let inner = 0;
  for (let span = 0; span < most; span += 1) {
    const above = parent[span] ?? NO_SPAN;
    if (above === NO_SPAN) continue;
    inner += 1;
    const start = startNs[span] ?? 0;
    if (startNs[above] === start || ends.has(start)) met += 1;
  }
  return inner > 0 && met >= inner * MEET;
}
