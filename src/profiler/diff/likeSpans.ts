import type { SpanIndex } from '../model/units.ts';
import { type LengthScale, logLength } from './lengthScales.ts';
import { alignSequences } from './sequenceAlignment.ts';
import type { SpanKeys } from './spanKeys.ts';

/** Two lists of spans that nothing but order, shape and length can tell apart. */
export interface LikeSpans {
  readonly a: readonly SpanIndex[];
  readonly b: readonly SpanIndex[];
}

/** What the alignment of like spans looks at. */
export interface LikeContext {
  readonly a: SpanKeys;
  readonly b: SpanKeys;
  readonly shapeA: Uint32Array;
  readonly shapeB: Uint32Array;
  readonly scale: LengthScale;
  /** Whether siblings that are known by key stand in the same order in both runs; null where it is not known. */
  readonly orderKept: boolean | null;
}

/** Costs of a pair, in the unit of one skipped span: together less than two of them, so that nothing is left over. */
const GAP_COST = 1;
const LENGTH_COST = 1;
const SHAPE_COST = 0.5;
const WEAK_COST = 0.4;

/** Difference of lengths that costs all of LENGTH_COST: as a multiple of the spread, and at least. */
const LENGTH_UNIT = 0.6;
const MIN_UNIT = 0.02;

/** How far apart sorted lengths lie by chance, as a multiple of spread / √n (two samples of one normal distribution). */
const CHANCE_DISTANCE = 1.1;
/** Lengths identify spans where they agree this much better than chance would have it. */
const TELLING_DISTANCE = 0.35;

/**
 * Pairs like spans: in their order where that was kept; by length where the order was not kept, or where the lengths
 * agree so well out of order that they cannot agree by chance.
 */
export function pairLikeSpans(
  { a, b }: LikeSpans,
  context: LikeContext,
  pair: (a: SpanIndex, b: SpanIndex) => void,
): void {
  const [onlyA] = a;
  const [onlyB] = b;
  if (onlyA === undefined || onlyB === undefined) return;
  if (a.length === 1 && b.length === 1) {
    pair(onlyA, onlyB);
    return;
  }
  const inOrder = align(a, b, context);
  const chosen = worthSorting(inOrder, a, b, context)
    ? align(sorted(a, context.a), sorted(b, context.b), context)
    : inOrder;
  for (const [spanA, spanB] of chosen) pair(spanA, spanB);
}

type Pairs = readonly (readonly [SpanIndex, SpanIndex])[];

function align(a: readonly SpanIndex[], b: readonly SpanIndex[], context: LikeContext): Pairs {
  const { shift, spread } = context.scale;
  const logA = Float64Array.from(a, (span) => logLength(context.a, span) + shift);
  const logB = Float64Array.from(b, (span) => logLength(context.b, span));
  const unit = Math.max(MIN_UNIT, LENGTH_UNIT * spread);
  const cost = (i: number, j: number): number => {
    const spanA = a[i] ?? 0;
    const spanB = b[j] ?? 0;
    const distance = Math.abs((logA[i] ?? 0) - (logB[j] ?? 0)) / unit;
    const shape = shapeDistance(spanA, spanB, context);
    const weak = context.a.weak[spanA] === context.b.weak[spanB] ? 0 : WEAK_COST;
    return LENGTH_COST * Math.min(1, distance) + SHAPE_COST * shape + weak;
  };
  const partner = alignSequences(a.length, b.length, cost, GAP_COST);
  const pairs: [SpanIndex, SpanIndex][] = [];
  partner.forEach((j, i) => {
    if (j >= 0) pairs.push([a[i] ?? 0, b[j] ?? 0]);
  });
  return pairs;
}

/** 0 for equal subtrees, near 0 for one where little was added or lost, at most 1. */
function shapeDistance(spanA: SpanIndex, spanB: SpanIndex, context: LikeContext): number {
  if (context.shapeA[spanA] === context.shapeB[spanB]) return 0;
  const sizeA = context.a.tree.size[spanA] ?? 1;
  const sizeB = context.b.tree.size[spanB] ?? 1;
  return 0.2 + 0.8 * (1 - Math.min(sizeA, sizeB) / Math.max(sizeA, sizeB));
}

function sorted(spans: readonly SpanIndex[], keys: SpanKeys): readonly SpanIndex[] {
  const { weak, tree } = keys;
  const by = (column: ArrayLike<number>, x: SpanIndex, y: SpanIndex): number =>
    (column[x] ?? 0) - (column[y] ?? 0);
  return spans.toSorted((x, y) => by(weak, x, y) || by(tree.amount, x, y) || x - y);
}

function worthSorting(
  inOrder: Pairs,
  a: readonly SpanIndex[],
  b: readonly SpanIndex[],
  context: LikeContext,
): boolean {
  if (context.orderKept !== null) return !context.orderKept;
  if (context.scale.spread < MIN_UNIT) return false;
  const distance = (pairs: Pairs): number => {
    const differences = pairs.map(([x, y]) =>
      Math.abs(logLength(context.a, x) + context.scale.shift - logLength(context.b, y)),
    );
    return differences.sort((x, y) => x - y)[differences.length >> 1] ?? 0;
  };
  const ordered = distance(inOrder);
  if (ordered < TELLING_DISTANCE * context.scale.spread) return false;
  const byLength = distance(align(sorted(a, context.a), sorted(b, context.b), context));
  const chance = (CHANCE_DISTANCE * context.scale.spread) / Math.sqrt(Math.min(a.length, b.length));
  return byLength < TELLING_DISTANCE * Math.min(chance, ordered);
}
