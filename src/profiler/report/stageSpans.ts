import { spansWithAttribute } from '../model/attributes.ts';
import { ATTRIBUTE, STAGE_SPAN_PREFIX, UNIT_SPAN_NAME } from '../model/attributeNames.ts';
import { type Run, spanCount, spanName } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';

/** The spans of one stage. */
export interface StageSpans {
  readonly stage: string;
  /** Spans of the stage as a whole: more than one where it ran again. */
  readonly whole: readonly SpanIndex[];
  /** Spans of its units of work, at any depth. */
  readonly units: readonly SpanIndex[];
}

/**
 * Finds the stages of a run, in the order in which they began. A stage span has the attribute `earshot.stage`, or the
 * name `stage:<id>`; a unit is a span below it that has the attribute `earshot.unit` or the name `unit`.
 */
export function stageSpans(run: Run): StageSpans[] {
  const stageOf = stageAttributes(run);
  const isUnit = new Set<SpanIndex>();
  for (const [span] of spansWithAttribute(run, ATTRIBUTE.unit)) isUnit.add(span);
  const stages = new Map<string, { whole: SpanIndex[]; units: SpanIndex[] }>();
  const memberOf = memberships(run, stageOf);
  for (let span = 0; span < spanCount(run); span += 1) {
    const stage = memberOf(span);
    if (stage === undefined) continue;
    const known = stages.get(stage) ?? { whole: [], units: [] };
    stages.set(stage, known);
    if (isUnit.has(span) || spanName(run, span) === UNIT_SPAN_NAME) known.units.push(span);
    else if (stageOf.has(span) && !isBelowSameStage(run, span, stage, memberOf)) {
      known.whole.push(span);
    }
  }
  return Array.from(stages, ([stage, spans]) => ({ stage, ...spans }));
}

function stageAttributes(run: Run): Map<SpanIndex, string> {
  const stages = new Map<SpanIndex, string>();
  for (let span = 0; span < spanCount(run); span += 1) {
    const name = spanName(run, span);
    if (name.startsWith(STAGE_SPAN_PREFIX)) {
      stages.set(span, name.slice(STAGE_SPAN_PREFIX.length));
    }
  }
  for (const [span, stage] of spansWithAttribute(run, ATTRIBUTE.stage)) {
    if (typeof stage === 'string' && stage !== '') stages.set(span, stage);
  }
  return stages;
}

/** The stage of the nearest ancestor that is a stage span, the span itself included; remembers what it found. */
function memberships(
  run: Run,
  stageOf: ReadonlyMap<SpanIndex, string>,
): (span: SpanIndex) => string | undefined {
  const found = new Map<SpanIndex, string | undefined>();
  return (span) => {
    const path: SpanIndex[] = [];
    let at = span;
    while (at !== NO_SPAN && !stageOf.has(at) && !found.has(at)) {
      path.push(at);
      at = run.spans.parent[at] ?? NO_SPAN;
    }
    const stage = stageOf.get(at) ?? found.get(at);
    for (const passed of path) found.set(passed, stage);
    return stage;
  };
}

function isBelowSameStage(
  run: Run,
  span: SpanIndex,
  stage: string,
  memberOf: (span: SpanIndex) => string | undefined,
): boolean {
  const parent = run.spans.parent[span] ?? NO_SPAN;
  return parent !== NO_SPAN && memberOf(parent) === stage;
}
