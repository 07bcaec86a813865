import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import { groupBy, type SiblingMatcher } from './siblings.ts';
import type { SpanKeys } from './spanKeys.ts';

/** Share of names that two spans must have in common below them to be one that was renamed. */
const SAME_CONTENT = 0.5;
/** Most spans without a partner under one pair that are looked at: renamings are few. */
const MAX_CANDIDATES = 40;
/** Children looked at of each. */
const MAX_CHILDREN = 1000;

/** Pairs spans of other names that stand under one pair (or are roots) and hold mostly the same. */
export function pairRenamed(a: SpanKeys, b: SpanKeys, matcher: SiblingMatcher): void {
  const { partnerOfA, partnerOfB } = matcher;
  const open = (keys: SpanKeys, partner: Int32Array): SpanIndex[] =>
    Array.from(keys.tree.order).filter((span) => {
      const parent = keys.tree.parent[span] ?? NO_SPAN;
      const under = parent === NO_SPAN || partner[parent] !== NO_SPAN;
      return partner[span] === NO_SPAN && under && (keys.tree.size[span] ?? 0) > 1;
    });
  const openB = groupBy(open(b, partnerOfB), (span) => b.tree.parent[span]);
  for (const [parentA, spansA] of groupBy(open(a, partnerOfA), (span) => a.tree.parent[span])) {
    const parentB = parentA === NO_SPAN ? NO_SPAN : (partnerOfA[parentA] ?? NO_SPAN);
    const spansB = openB.get(parentB) ?? [];
    if (Math.max(spansA.length, spansB.length) > MAX_CANDIDATES) continue;
    const ranked = spansA.flatMap((spanA) =>
      spansB.map((spanB) => ({ spanA, spanB, share: commonContent(a, spanA, b, spanB) })),
    );
    ranked.sort((x, y) => y.share - x.share || x.spanA - y.spanA || x.spanB - y.spanB);
    for (const { spanA, spanB, share } of ranked) {
      if (share >= SAME_CONTENT) matcher.pair(spanA, spanB);
    }
  }
}

/** Common children by name as a share of all (Jaccard, of multisets). Spans of one name but other keys are not one. */
function commonContent(a: SpanKeys, spanA: SpanIndex, b: SpanKeys, spanB: SpanIndex): number {
  if (a.template[spanA] === b.template[spanB]) return 0;
  const counts = new Map<number, number>();
  const childrenA = a.tree.childrenOf(spanA).subarray(0, MAX_CHILDREN);
  const childrenB = b.tree.childrenOf(spanB).subarray(0, MAX_CHILDREN);
  for (const child of childrenA) {
    const template = a.template[child] ?? 0;
    counts.set(template, (counts.get(template) ?? 0) + 1);
  }
  let common = 0;
  for (const child of childrenB) {
    const template = b.template[child] ?? 0;
    const left = counts.get(template) ?? 0;
    if (left === 0) continue;
    counts.set(template, left - 1);
    common += 1;
  }
  const all = childrenA.length + childrenB.length - common;
  return all === 0 ? 0 : common / all;
}
