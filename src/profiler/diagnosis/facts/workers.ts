import { NO_SPAN, type Seconds, type SpanIndex } from '../../model/units.ts';
import type { Facts } from './facts.ts';
import { endOf, intervalOf, secondsOf, startOf } from './spanTimes.ts';

/** One item at work, without the time in which it only waited. */
export interface Execution {
  readonly span: SpanIndex;
  readonly worker: string;
  readonly start: Seconds;
  readonly end: Seconds;
  /** Time spent waiting within the span. */
  readonly waited: Seconds;
}

/**
 * The executions of a group's spans by start, with the worker of each: as an attribute names it, else the parent where
 * parents of the same name overlap, else the track.
 */
export function executionsOf(facts: Facts, spans: readonly SpanIndex[]): Execution[] {
  const waits = waitsWithin(facts, new Set(spans));
  const byParent = parentsOverlap(facts, spans);
  return spans
    .map((span): Execution => {
      const [from, to] = intervalOf(facts.run, span);
      const wait = waits.get(span);
      const start = wait === undefined ? from : Math.max(from, Math.min(wait.until, to));
      return {
        span,
        worker: workerOf(facts, span, byParent),
        start,
        end: to,
        waited: start - from,
      };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function workerOf({ run, notes }: Facts, span: SpanIndex, byParent: boolean): string {
  const named = notes.worker.get(span);
  if (named !== undefined) return named;
  const parent = run.spans.parent[span] ?? NO_SPAN;
  const above = notes.worker.get(parent);
  if (above !== undefined) return above;
  if (byParent && parent !== NO_SPAN) return `parent ${parent}`;
  return `track ${run.spans.trackId[span] ?? 0}`;
}

/** Whether the spans have several parents that run at the same time. */
function parentsOverlap({ run }: Facts, spans: readonly SpanIndex[]): boolean {
  const parents = new Set<SpanIndex>();
  for (const span of spans) parents.add(run.spans.parent[span] ?? NO_SPAN);
  parents.delete(NO_SPAN);
  if (parents.size < 2 || parents.size > spans.length / 2) return false;
  const ordered = [...parents].sort((a, b) => startOf(run, a) - startOf(run, b));
  return ordered.some((parent, i) => {
    const next = ordered[i + 1];
    if (next === undefined) return false;
    const common = Math.min(endOf(run, parent), endOf(run, next)) - startOf(run, next);
    return common > Math.min(secondsOf(run, parent), secondsOf(run, next)) / 2;
  });
}

/** The last wait within each span: until when it waited. */
function waitsWithin(
  facts: Facts,
  spans: ReadonlySet<SpanIndex>,
): Map<SpanIndex, { until: Seconds }> {
  const found = new Map<SpanIndex, { until: Seconds }>();
  for (const span of waitSpansOf(facts)) {
    const owner = facts.run.spans.parent[span] ?? NO_SPAN;
    if (!spans.has(owner)) continue;
    const until = Math.max(found.get(owner)?.until ?? 0, endOf(facts.run, span));
    found.set(owner, { until });
  }
  return found;
}

/** Spans that wait for a lock or a queue, by attribute or name. */
export function waitSpansOf({ run, names, notes }: Facts): SpanIndex[] {
  const found: SpanIndex[] = [];
  run.spans.nameId.forEach((id, span) => {
    if (notes.wait.has(span) || names.get(id)?.wait === true) found.push(span);
  });
  return found;
}
