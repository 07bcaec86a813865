import type { Run } from '../../model/run.ts';
import { spanCount } from '../../model/run.ts';

/** Formats whose spans are made of samples: their number says nothing of how often something was called. */
const SAMPLED: ReadonlySet<string> = new Set([
  'cpuprofile',
  'collapsed',
  'pprof',
  'firefox',
  'perf-script',
  'cprofile',
]);

/** Share of spans with attributes from which on a trace tells operations. */
const TOLD = 0.02;
/** Mean depth from which on spans without attributes are calls of functions. */
const DEEP = 5;

/**
 * Whether the spans are samples of stacks, or every call of every function, instead of operations that somebody chose
 * to record. Rules that count operations keep away from them.
 */
export function isCallTrace(run: Run): boolean {
  if (run.weights !== null || SAMPLED.has(run.provenance.format)) return true;
  const spans = spanCount(run);
  if (spans === 0) return false;
  if (boundariesMeet(run)) return true;
  let withAttributes = 0;
  let last = -1;
  for (const span of run.attributes.span) {
    if (span !== last) withAttributes += 1;
    last = span;
  }
  if (withAttributes / spans >= TOLD) return false;
  let depth = 0;
  for (const each of run.spans.depth) depth += each;
  return depth / spans >= DEEP;
}

/** Spans that are looked at, and fewest that tell. */
const MOST_SPANS = 5000;
const FEWEST_SPANS = 8;
/** Share of distinct times among all starts and ends below which they are those of samples. */
const DISTINCT = 0.4;

/**
 * Samples share their boundaries: where one stack ends the next begins, at several depths. A clock of whole
 * milliseconds does the same to spans of OpenTelemetry, which are never samples.
 */
function boundariesMeet(run: Run): boolean {
  const { startNs, durationNs } = run.spans;
  const most = Math.min(startNs.length, MOST_SPANS);
  if (most < FEWEST_SPANS || run.log !== null || run.provenance.format.startsWith('otlp')) {
    return false;
  }
  const times = new Set<number>();
  for (let span = 0; span < most; span += 1) {
    const start = startNs[span] ?? 0;
    times.add(start);
    times.add(start + (durationNs[span] ?? 0));
  }
  return times.size < 2 * most * DISTINCT;
}
