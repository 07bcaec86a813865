import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import type { Anchors } from './anchors.ts';
import { type LengthScale, lengthScales } from './lengthScales.ts';
import { type LikeContext, pairLikeSpans } from './likeSpans.ts';
import type { SpanKeys } from './spanKeys.ts';

/** Known siblings needed before their order says anything. */
const ORDER_SAMPLE = 20;
/** Share of neighbours that must stand the same way round in both runs. */
const ORDER_KEPT_SHARE = 0.8;

/** Pairs spans that may be each other's: children of one pair, or what is left over at the end. */
export class SiblingMatcher {
  /** Partner in B of each span of A, or NO_SPAN. */
  readonly partnerOfA: Int32Array;
  readonly partnerOfB: Int32Array;
  readonly #a: SpanKeys;
  readonly #b: SpanKeys;
  readonly #anchors: Anchors;
  readonly #scales: ReadonlyMap<number, LengthScale>;
  readonly #onPair: (a: SpanIndex, b: SpanIndex) => void;
  #inOrder = 0;
  #neighbours = 0;

  constructor(
    a: SpanKeys,
    b: SpanKeys,
    anchors: Anchors,
    onPair: (a: SpanIndex, b: SpanIndex) => void,
  ) {
    this.#a = a;
    this.#b = b;
    this.#anchors = anchors;
    this.#onPair = onPair;
    this.#scales = lengthScales(a, b);
    this.partnerOfA = new Int32Array(a.tree.count).fill(NO_SPAN);
    this.partnerOfB = new Int32Array(b.tree.count).fill(NO_SPAN);
  }

  readonly pair = (a: SpanIndex, b: SpanIndex): void => {
    if (this.partnerOfA[a] !== NO_SPAN || this.partnerOfB[b] !== NO_SPAN) return;
    this.partnerOfA[a] = b;
    this.partnerOfB[b] = a;
    this.#onPair(a, b);
  };

  /** Pairs what can be paired of two lists of spans in the order of their starts; what has a partner is passed over. */
  match(listA: ArrayLike<SpanIndex>, listB: ArrayLike<SpanIndex>): void {
    if (listA.length === 0 || listB.length === 0) return;
    const groupsB = groupBy(this.#openOf(listB, this.partnerOfB), (span) => this.#b.template[span]);
    const groupsA = groupBy(this.#openOf(listA, this.partnerOfA), (span) => this.#a.template[span]);
    for (const [template, spansA] of groupsA) {
      const spansB = groupsB.get(template);
      if (spansB !== undefined) this.#matchNamesakes(spansA, spansB);
    }
  }

  /** Spans of one name: those with a telling key by that key alone. */
  #matchNamesakes(spansA: SpanIndex[], spansB: SpanIndex[]): void {
    const byKeyB = groupBy(spansB, (span) => this.#b.strong[span]);
    let last = NO_SPAN;
    for (const [key, keyedA] of groupBy(spansA, (span) => this.#a.strong[span])) {
      const keyedB = byKeyB.get(key);
      if (keyedB === undefined) continue;
      const [onlyA] = keyedA;
      const [onlyB] = keyedB;
      if (key !== 0 && keyedA.length === 1 && keyedB.length === 1) {
        if (last !== NO_SPAN && onlyB !== undefined) {
          this.#neighbours += 1;
          if (onlyB > last) this.#inOrder += 1;
        }
        last = onlyB ?? last;
      }
      if (onlyA !== undefined && onlyB !== undefined) this.#matchLike(keyedA, keyedB);
    }
  }

  #matchLike(spansA: SpanIndex[], spansB: SpanIndex[]): void {
    if (spansA.length > 1 || spansB.length > 1) {
      const allowed = new Set(spansB);
      for (const span of spansA) {
        const candidate = this.#anchors.candidate[span] ?? NO_SPAN;
        if (allowed.has(candidate)) this.pair(span, candidate);
      }
    }
    const like = {
      a: this.#openOf(spansA, this.partnerOfA),
      b: this.#openOf(spansB, this.partnerOfB),
    };
    const context: LikeContext = {
      a: this.#a,
      b: this.#b,
      shapeA: this.#anchors.shapeA,
      shapeB: this.#anchors.shapeB,
      scale: this.#scales.get(this.#a.template[spansA[0] ?? 0] ?? 0) ?? { shift: 0, spread: 0 },
      orderKept:
        this.#neighbours < ORDER_SAMPLE
          ? null
          : this.#inOrder >= ORDER_KEPT_SHARE * this.#neighbours,
    };
    pairLikeSpans(like, context, this.pair);
  }

  #openOf(spans: ArrayLike<SpanIndex>, partner: Int32Array): SpanIndex[] {
    return Array.from(spans).filter((span) => partner[span] === NO_SPAN);
  }
}

/** Groups in the order of their first members. */
export function groupBy(
  spans: readonly SpanIndex[],
  keyOf: (span: SpanIndex) => number | undefined,
): Map<number, SpanIndex[]> {
  const groups = new Map<number, SpanIndex[]>();
  for (const span of spans) {
    const key = keyOf(span) ?? 0;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [span]);
    else known.push(span);
  }
  return groups;
}
