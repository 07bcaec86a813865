import { ATTRIBUTE, STAGE_SPAN_PREFIX } from '../model/attributeNames.ts';
import { spansWithAttribute } from '../model/attributes.ts';
import { type Run, spanCount, spanName } from '../model/run.ts';
import { NO_SPAN } from '../model/units.ts';
import { SpanTree } from './spanTree.ts';

/** The stage that each span belongs to: its own or that of its nearest ancestor that has one, or null. */
export function stageLabels(run: Run): (string | null)[] {
  const stages = new Array<string | null>(spanCount(run)).fill(null);
  for (let span = 0; span < stages.length; span += 1) {
    const name = spanName(run, span);
    if (name.startsWith(STAGE_SPAN_PREFIX)) stages[span] = name.slice(STAGE_SPAN_PREFIX.length);
  }
  for (const [span, stage] of spansWithAttribute(run, ATTRIBUTE.stage)) {
    if (typeof stage === 'string' && stage !== '') stages[span] = stage;
  }
  for (const span of new SpanTree(run).order) {
    const parent = run.spans.parent[span] ?? NO_SPAN;
    if (parent !== NO_SPAN) stages[span] ??= stages[parent] ?? null;
  }
  return stages;
}
