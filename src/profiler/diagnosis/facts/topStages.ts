import { NO_SPAN, type Seconds, type SpanIndex } from '../../model/units.ts';
import { stageSpans } from '../../report/stageSpans.ts';
import { mergeIntervals } from '../../report/intervals.ts';
import type { Facts } from './facts.ts';
import { endOf, intervalOf, startOf } from './spanTimes.ts';

/** A stage and how long the end of the run waited for it. */
export interface CriticalStage {
  readonly stage: string;
  readonly seconds: Seconds;
  readonly spans: readonly SpanIndex[];
}

/**
 * The stages on the critical path, by falling time: from the end of the run backwards, always the stage that ended last
 * before where the next one begins. Where two overlap, the later one's time counts to it alone.
 */
export function criticalStages(facts: Facts): CriticalStage[] {
  const stages = stagesOf(facts);
  const pieces = [...stages].flatMap(([stage, spans]) =>
    mergeIntervals(spans.map((span) => intervalOf(facts.run, span))).map(([start, end]) => ({
      stage,
      start,
      end,
    })),
  );
  pieces.sort((a, b) => b.end - a.end);
  const seconds = new Map<string, Seconds>();
  let until = Infinity;
  for (const { stage, start, end } of pieces) {
    const to = Math.min(end, until);
    if (start >= to) continue;
    seconds.set(stage, (seconds.get(stage) ?? 0) + (to - start));
    until = start;
  }
  return [...seconds]
    .map(([stage, each]) => ({ stage, seconds: each, spans: stages.get(stage) ?? [] }))
    .sort((a, b) => b.seconds - a.seconds);
}

/** Declared stages, else the children of the roots by name, else the roots. */
function stagesOf({ run, names }: Facts): Map<string, SpanIndex[]> {
  const declared = stageSpans(run).filter(({ whole }) => whole.length > 0);
  if (declared.length > 1) return new Map(declared.map(({ stage, whole }) => [stage, [...whole]]));
  const found = new Map<string, SpanIndex[]>();
  const roots = new Set<SpanIndex>();
  run.spans.parent.forEach((parent, span) => {
    if (parent === NO_SPAN) roots.add(span);
  });
  const wanted = roots.size > 1 ? roots : null;
  run.spans.parent.forEach((parent, span) => {
    if (wanted === null ? !roots.has(parent) : !wanted.has(span)) return;
    const stage = names.get(run.spans.nameId[span] ?? 0)?.pattern ?? '';
    if (endOf(run, span) > startOf(run, span)) {
      found.set(stage, [...(found.get(stage) ?? []), span]);
    }
  });
  return found;
}
