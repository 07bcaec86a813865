import type { Finding } from '../diagnosis/finding.ts';
import { ATTRIBUTE, STAGE_SPAN_PREFIX } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import type { SpanIndex } from '../model/units.ts';
import type { BreakdownRow } from '../report/runAnalysis.ts';
import { stageSpans } from '../report/stageSpans.ts';
import { SPAN_FLAG } from './chartColumns.ts';
import type { CriticalPath } from './criticalPath.ts';

/** A stage with the spans that it is. */
export interface PlacedStage extends BreakdownRow {
  /** In order of time. */
  readonly spans: readonly SpanIndex[];
}

/** What an analysis says that a chart marks. */
export interface ChartMarks {
  readonly findings: readonly Finding[];
  readonly stages: readonly PlacedStage[];
  readonly critical: CriticalPath;
}

/** The flags that spans have of their own, by span: what failed, and what was cut. */
export function ownFlags(run: Run): Uint8Array {
  return Uint8Array.from(run.spans.status, (status) => {
    if (status === SPAN_STATUS.error) return SPAN_FLAG.error;
    return status === SPAN_STATUS.open ? SPAN_FLAG.open : 0;
  });
}

/** The same with what an analysis says: findings, stages that took longer than they were allowed, the critical path. */
export function markedFlags(run: Run, { findings, stages, critical }: ChartMarks): Uint8Array {
  const flags = ownFlags(run);
  const mark = (spans: Iterable<SpanIndex>, flag: number): void => {
    for (const span of spans) if (span < flags.length) flags[span] = (flags[span] ?? 0) | flag;
  };
  for (const { subject } of findings) mark(subject.spans, SPAN_FLAG.finding);
  for (const stage of stages) if (isOver(stage)) mark(stage.spans, SPAN_FLAG.overTarget);
  mark(critical.span, SPAN_FLAG.critical);
  return flags;
}

/** Whether a stage took longer than somebody allowed. */
export function isOver({ seconds, expectedSeconds }: BreakdownRow): boolean {
  return expectedSeconds !== null && seconds > expectedSeconds;
}

/** Stages that are told of beyond those with an allowed time. */
const MOST_STAGES = 200;

/**
 * The stages of a break-down with their spans: those that a run declares, or else names of spans; those without an allowed
 * time up to a number. A run without time order has no place for them.
 */
export function placedStages(run: Run, breakdown: readonly BreakdownRow[]): PlacedStage[] {
  if (run.weights !== null) return [];
  const shown = breakdown.filter((row, i) => row.expectedSeconds !== null || i < MOST_STAGES);
  const declared = declaresStages(run) ? stageSpans(run) : [];
  const spansOf = new Map<string, SpanIndex[]>();
  for (const { stage, whole, units } of declared) {
    spansOf.set(stage, [...(whole.length > 0 ? whole : units)]);
  }
  if (declared.length === 0) collectByName(run, shown, spansOf);
  return shown.flatMap((row) => {
    const spans = spansOf.get(row.stage);
    return spans === undefined || spans.length === 0 ? [] : [{ ...row, spans }];
  });
}

function declaresStages(run: Run): boolean {
  return run.strings.some((text) => text === ATTRIBUTE.stage || text.startsWith(STAGE_SPAN_PREFIX));
}

/** Of names that were allowed a time all spans, of others the first. */
function collectByName(
  run: Run,
  shown: readonly BreakdownRow[],
  into: Map<string, SpanIndex[]>,
): void {
  const rows = new Map(shown.map((row) => [row.stage, row]));
  const wanted = run.strings.map((text) => rows.get(text));
  run.spans.nameId.forEach((id, span) => {
    const row = wanted[id];
    if (row === undefined) return;
    const known = into.get(row.stage);
    if (known === undefined) into.set(row.stage, [span]);
    else if (isOver(row)) known.push(span);
  });
}
