import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import { type SpanKeys, mix } from './spanKeys.ts';

/** What can be said of the partner of each span of A before any pair is decided. */
export interface Anchors {
  /** For each span of A the span of B that its subtree points to, or NO_SPAN. */
  readonly candidate: Int32Array;
  /** Hash of each subtree by names and telling keys, whatever the order of siblings. */
  readonly shapeA: Uint32Array;
  readonly shapeB: Uint32Array;
}

interface Shapes {
  readonly shape: Uint32Array;
  /** Whether anything in the subtree has a telling key. */
  readonly told: Uint8Array;
}

/**
 * Finds subtrees that occur exactly once in either run, and lets them vote upwards: a span whose children mostly
 * belong under one span of B is probably that span, also where children were added, lost or changed.
 */
export function findAnchors(a: SpanKeys, b: SpanKeys): Anchors {
  const ofA = shapesOf(a);
  const ofB = shapesOf(b);
  const candidate = uniquePairs(ofA, ofB);
  const taken = new Uint8Array(b.tree.count);
  for (const span of candidate) if (span !== NO_SPAN) taken[span] = 1;
  const { order } = a.tree;
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const span = order[i] ?? 0;
    if (candidate[span] !== NO_SPAN) continue;
    const elected = elect(span, candidate, a, b);
    if (elected === NO_SPAN || taken[elected] === 1) continue;
    candidate[span] = elected;
    taken[elected] = 1;
  }
  return { candidate, shapeA: ofA.shape, shapeB: ofB.shape };
}

function shapesOf({ tree, template, strong }: SpanKeys): Shapes {
  const shape = new Uint32Array(tree.count);
  const told = new Uint8Array(tree.count);
  for (let i = tree.count - 1; i >= 0; i -= 1) {
    const span = tree.order[i] ?? 0;
    const below = shape[span] ?? 0;
    const own = mix(mix(mix(0x3c6ef372, template[span] ?? 0), strong[span] ?? 0), below);
    if (strong[span] !== 0) told[span] = 1;
    shape[span] = own;
    const owner = tree.parent[span] ?? NO_SPAN;
    if (owner === NO_SPAN) continue;
    shape[owner] = (shape[owner] ?? 0) + mix(0x1b873593, own);
    if (told[span] === 1) told[owner] = 1;
  }
  return { shape, told };
}

function uniquePairs(a: Shapes, b: Shapes): Int32Array {
  const MANY = -2;
  const inA = new Map<number, number>();
  const inB = new Map<number, number>();
  const collect = ({ shape, told }: Shapes, into: Map<number, number>): void => {
    shape.forEach((hash, span) => {
      if (told[span] === 1) into.set(hash, into.has(hash) ? MANY : span);
    });
  };
  collect(a, inA);
  collect(b, inB);
  const candidate = new Int32Array(a.shape.length).fill(NO_SPAN);
  for (const [hash, span] of inA) {
    const partner = inB.get(hash) ?? NO_SPAN;
    if (span >= 0 && partner >= 0) candidate[span] = partner;
  }
  return candidate;
}

/** The span of B under which most of the children's partners lie; most of those that have one must agree. */
function elect(span: SpanIndex, candidate: Int32Array, a: SpanKeys, b: SpanKeys): SpanIndex {
  const votes = new Map<SpanIndex, number>();
  let voters = 0;
  for (const child of a.tree.childrenOf(span)) {
    const partner = candidate[child] ?? NO_SPAN;
    const owner = partner === NO_SPAN ? NO_SPAN : (b.tree.parent[partner] ?? NO_SPAN);
    if (owner === NO_SPAN) continue;
    voters += 1;
    votes.set(owner, (votes.get(owner) ?? 0) + 1);
  }
  for (const [owner, count] of votes) {
    if (count * 2 > voters && a.template[span] === b.template[owner]) return owner;
  }
  return NO_SPAN;
}
