import { NO_SPAN, type Seconds, type SpanIndex } from '../../model/units.ts';
import type { Facts } from './facts.ts';
import type { SpanGroup } from './spanGroups.ts';
import { secondsOf, startOf, sumSeconds } from './spanTimes.ts';

/** Alike pieces of work, and how long each took for what it held. */
export interface WorkItems {
  readonly group: SpanGroup;
  /** By start. */
  readonly items: readonly WorkItem[];
  readonly total: Seconds;
}

export interface WorkItem {
  readonly span: SpanIndex;
  readonly seconds: Seconds;
  /** What it held, where the run says so, else 1. */
  readonly size: number;
}

/**
 * Groups of alike work that make up at least `share` of the run, with at least `least` members. Waits, warm-ups, loads
 * and what lies in another group of the kind are none.
 */
export function workItemsOf(facts: Facts, least: number, share: number): WorkItems[] {
  const { run, notes } = facts;
  if (facts.callTrace || run.provenance.format === 'cprofile') return [];
  return facts.groups
    .flatMap((group): WorkItems[] => {
      const { name } = group;
      const spans = innermost(facts, group);
      if (spans.length < least || name.wait || name.sleep || name.warmUp) return [];
      if (doDifferentThings(facts, group)) return [];
      const total = sumSeconds(run, spans);
      if (total < (facts.seconds ?? 0) * share) return [];
      const items = spans.map((span) => ({
        span,
        seconds: secondsOf(run, span),
        size: sizeOf(facts, span),
      }));
      return [{ group, items, total }];
    })
    .sort((a, b) => startOf(run, a.items[0]?.span ?? 0) - startOf(run, b.items[0]?.span ?? 0));

  function sizeOf({ notes: own }: Facts, span: SpanIndex): number {
    const size =
      own.batchSize.get(span) ??
      own.items.get(span) ??
      own.itemsIn.get(span) ??
      notes.mediaSeconds.get(span) ??
      notes.bytes.get(span);
    return size !== undefined && size > 0 ? size : 1;
  }
}

/** Programs of one name with other arguments do other work. */
function doDifferentThings({ run, notes }: Facts, { spans }: SpanGroup): boolean {
  const first = spans[0] ?? 0;
  return (
    run.tracks[run.spans.trackId[first] ?? 0]?.kind === 'process' &&
    notes.process.has(first) &&
    new Set(spans.map((span) => notes.other.get(span))).size > 1
  );
}

/** The spans of a group that hold no other one of it: a total is none of its own items. */
function innermost({ run }: Facts, { spans }: SpanGroup): readonly SpanIndex[] {
  const members = new Set(spans);
  const holders = new Set<SpanIndex>();
  for (const span of spans) {
    const parent = run.spans.parent[span] ?? NO_SPAN;
    if (members.has(parent)) holders.add(parent);
  }
  return holders.size === 0 ? spans : spans.filter((span) => !holders.has(span));
}
