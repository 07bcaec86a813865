import { collect } from '../collect.ts';
import { NO_SPAN, type Seconds, type SpanIndex } from '../../model/units.ts';
import type { Run } from '../../model/run.ts';
import { elapsedSeconds } from '../../report/targets.ts';
import { stageSpans } from '../../report/stageSpans.ts';
import { mergeIntervals } from '../../report/intervals.ts';
import type { Facts } from './facts.ts';
import { endOf, intervalOf, secondsOf, startOf } from './spanTimes.ts';

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

/** Share of the run that a root covers which holds the stages; others beside it are its workers. */
const MAIN = 0.9;

/** The root that lasts as long as the run, and has children. */
function mainRoot(run: Run, roots: ReadonlySet<SpanIndex>): SpanIndex | null {
  const length = elapsedSeconds(run);
  const parents = new Set(run.spans.parent);
  for (const root of roots) {
    if (parents.has(root) && secondsOf(run, root) >= length * MAIN) return root;
  }
  return null;
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
  const inside = mainRoot(run, roots);
  run.spans.parent.forEach((parent, span) => {
    if (inside === null ? !roots.has(span) : parent !== inside) return;
    const stage = names.get(run.spans.nameId[span] ?? 0)?.pattern ?? '';
    if (endOf(run, span) > startOf(run, span)) {
      collect(found, stage, span);
    }
  });
  return found;
}
