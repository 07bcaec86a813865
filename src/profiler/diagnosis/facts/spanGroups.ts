import type { Run } from '../../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../../model/units.ts';
import type { NameFacts, SpanNames } from './spanNames.ts';

/** Spans whose names are the same but for their variable parts, in the order of their starts. */
export interface SpanGroup {
  readonly name: NameFacts;
  readonly spans: readonly SpanIndex[];
}

/** Spans of one group with one parent. */
export interface SiblingGroup extends SpanGroup {
  readonly parent: SpanIndex;
}

/** All spans by the pattern of their names. */
export function spanGroupsOf(run: Run, names: SpanNames): SpanGroup[] {
  const groups = new Map<string, { name: NameFacts; spans: SpanIndex[] }>();
  const byId = new Map<number, SpanIndex[]>();
  run.spans.nameId.forEach((id, span) => {
    let spans = byId.get(id);
    if (spans === undefined) {
      const name = names.get(id);
      if (name === undefined) return;
      const group = groups.get(name.pattern) ?? { name, spans: [] };
      groups.set(name.pattern, group);
      spans = group.spans;
      byId.set(id, spans);
    }
    spans.push(span);
  });
  return [...groups.values()];
}

/** The spans of a group by their parents; groups of fewer than `least` spans are left out. */
export function siblingsOf(run: Run, group: SpanGroup, least: number): SiblingGroup[] {
  if (group.spans.length < least) return [];
  const byParent = new Map<SpanIndex, SpanIndex[]>();
  for (const span of group.spans) {
    const parent = run.spans.parent[span] ?? NO_SPAN;
    const known = byParent.get(parent);
    if (known === undefined) byParent.set(parent, [span]);
    else known.push(span);
  }
  return [...byParent]
    .filter(([, spans]) => spans.length >= least)
    .map(([parent, spans]) => ({ name: group.name, parent, spans }));
}
