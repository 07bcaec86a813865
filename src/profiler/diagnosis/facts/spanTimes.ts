import type { Run } from '../../model/run.ts';
import { NS_PER_SECOND, type Seconds, type SpanIndex } from '../../model/units.ts';
import { mergeIntervals, unionLength } from '../../report/intervals.ts';
import { medianOfSorted } from '../../stats/robust.ts';

export function startOf(run: Run, span: SpanIndex): Seconds {
  return (run.spans.startNs[span] ?? 0) / NS_PER_SECOND;
}

export function secondsOf(run: Run, span: SpanIndex): Seconds {
  return (run.spans.durationNs[span] ?? 0) / NS_PER_SECOND;
}

export function endOf(run: Run, span: SpanIndex): Seconds {
  return startOf(run, span) + secondsOf(run, span);
}

export function intervalOf(run: Run, span: SpanIndex): [Seconds, Seconds] {
  return [startOf(run, span), endOf(run, span)];
}

/** Time in which at least one of the spans ran. */
export function busySeconds(run: Run, spans: readonly SpanIndex[]): Seconds {
  return unionLength(spans.map((span) => intervalOf(run, span)));
}

export function sumSeconds(run: Run, spans: readonly SpanIndex[]): Seconds {
  return spans.reduce((sum, span) => sum + secondsOf(run, span), 0);
}

/** Share of neighbours of which the later one begins when the earlier one has ended; the spans are ordered by start. */
export function sequentialShare(run: Run, spans: readonly SpanIndex[]): number {
  let sequential = 0;
  for (let i = 1; i < spans.length; i += 1) {
    const [before, after] = [spans[i - 1] ?? 0, spans[i] ?? 0];
    const slack = Math.min(secondsOf(run, before), secondsOf(run, after)) * 0.05 + 1e-6;
    if (startOf(run, after) >= endOf(run, before) - slack) sequential += 1;
  }
  return spans.length < 2 ? 1 : sequential / (spans.length - 1);
}

/** Idle stretches between the spans' union, from the first start to the last end. */
export function gapsBetween(run: Run, spans: readonly SpanIndex[]): Seconds[] {
  const merged = mergeIntervals(spans.map((span) => intervalOf(run, span)));
  return merged.slice(1).map(([start], i) => start - (merged[i]?.[1] ?? start));
}

/** Middle of the values; NaN of none. */
export function median(values: readonly number[]): number {
  return medianOfSorted(values.toSorted((a, b) => a - b));
}
