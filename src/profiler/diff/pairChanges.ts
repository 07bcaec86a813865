import { type Run, spanName } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import type { Alignment } from './alignRuns.ts';

/** A pair of spans whose own part changed. Amounts in nanoseconds or the unit of the weights. */
export interface PairChange {
  readonly a: SpanIndex;
  readonly b: SpanIndex;
  readonly name: string;
  /** Name of the parent in B; null for a root. */
  readonly parent: string | null;
  /** Change of the span without its children. */
  readonly selfDelta: number;
  /** Change of the span with its children. */
  readonly totalDelta: number;
}

/** Spans of one name and parent that only one of the runs has. */
export interface LoneSpans {
  readonly name: string;
  /** Name of the parent; null for roots. */
  readonly parent: string | null;
  readonly count: number;
  /** Amount of all of them, those below one another counted once each. */
  readonly amount: number;
  /** The first of them. */
  readonly span: SpanIndex;
}

function amounts(run: Run): { readonly total: Float64Array; readonly self: Float64Array } {
  return run.weights ?? { total: run.spans.durationNs, self: run.spans.selfNs };
}

/** The pairs whose own part grew most, and those where it shrank most; at most `top` of either. */
export function changedPairs(
  a: Run,
  b: Run,
  { pairA, pairB }: Alignment,
  top: number,
): { readonly slower: PairChange[]; readonly faster: PairChange[] } {
  const inA = amounts(a);
  const inB = amounts(b);
  const selfDelta = Float64Array.from(
    pairA,
    (span, i) => (inB.self[pairB[i] ?? 0] ?? 0) - (inA.self[span] ?? 0),
  );
  const order = Uint32Array.from(pairA, (_span, i) => i);
  order.sort((x, y) => (selfDelta[y] ?? 0) - (selfDelta[x] ?? 0) || x - y);
  const change = (i: number): PairChange => {
    const spanA = pairA[i] ?? 0;
    const spanB = pairB[i] ?? 0;
    return {
      a: spanA,
      b: spanB,
      name: spanName(b, spanB),
      parent: parentName(b, spanB),
      selfDelta: selfDelta[i] ?? 0,
      totalDelta: (inB.total[spanB] ?? 0) - (inA.total[spanA] ?? 0),
    };
  };
  const slower = Array.from(order.subarray(0, top), change);
  const faster = Array.from(order.subarray(Math.max(0, order.length - top)), change).reverse();
  return {
    slower: slower.filter((pair) => pair.selfDelta > 0),
    faster: faster.filter((pair) => pair.selfDelta < 0),
  };
}

/** Spans without a partner by name and parent, those that weigh most first. */
export function loneSpans(run: Run, spans: Uint32Array): LoneSpans[] {
  const { total } = amounts(run);
  const groups = new Map<string, LoneSpans>();
  for (const span of spans) {
    const name = spanName(run, span);
    const parent = parentName(run, span);
    const key = JSON.stringify([parent, name]);
    const known = groups.get(key) ?? { name, parent, count: 0, amount: 0, span };
    const amount = known.amount + (total[span] ?? 0);
    groups.set(key, { ...known, count: known.count + 1, amount });
  }
  return Array.from(groups.values()).sort((x, y) => y.amount - x.amount || y.count - x.count);
}

function parentName(run: Run, span: SpanIndex): string | null {
  const owner = run.spans.parent[span] ?? NO_SPAN;
  return owner === NO_SPAN ? null : spanName(run, owner);
}
