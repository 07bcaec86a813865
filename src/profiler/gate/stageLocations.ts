import { type Run, sourceOf, type SourceRef } from '../model/run.ts';
import { breakdownOf } from '../report/breakdown.ts';
import { stageSpans } from '../report/stageSpans.ts';

/** Where each stage is in the sources, as far as its spans say so. */
export function stageLocations(run: Run): ReadonlyMap<string, SourceRef> {
  const locations = new Map<string, SourceRef>();
  const add = (stage: string, span: number): void => {
    const source = sourceOf(run, run.spans.sourceId[span] ?? 0);
    if (source !== null && !locations.has(stage)) locations.set(stage, source);
  };
  for (const { stage, whole, units } of stageSpans(run)) {
    for (const span of [...whole, ...units]) add(stage, span);
  }
  const named = new Set(breakdownOf(run).map(({ stage }) => stage));
  run.spans.nameId.forEach((id, span) => {
    const name = run.strings[id] ?? '';
    if (named.has(name)) add(name, span);
  });
  return locations;
}
