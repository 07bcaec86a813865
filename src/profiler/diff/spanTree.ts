import type { Run } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';

/** The spans of a run as a tree that can be walked down, breadth first, without recursion. */
export class SpanTree {
  readonly count: number;
  readonly parent: Int32Array;
  /** Parents before children, whatever their times and however deep. */
  readonly order: Uint32Array;
  /** Spans below and including each span. */
  readonly size: Uint32Array;
  /** What a span weighs: its duration, or its total weight in a run without time. */
  readonly amount: Float64Array;
  readonly #first: Uint32Array;
  readonly #children: Uint32Array;

  constructor(run: Run) {
    this.parent = run.spans.parent;
    this.count = this.parent.length;
    this.amount = run.weights?.total ?? run.spans.durationNs;
    this.#first = new Uint32Array(this.count + 2);
    this.#children = new Uint32Array(this.count);
    this.#listChildren();
    this.order = this.#breadthFirst();
    this.size = new Uint32Array(this.count).fill(1);
    for (let i = this.count - 1; i >= 0; i -= 1) {
      const span = this.order[i] ?? 0;
      const owner = this.parent[span] ?? NO_SPAN;
      if (owner !== NO_SPAN) this.size[owner] = (this.size[owner] ?? 0) + (this.size[span] ?? 0);
    }
  }

  /** Children of a span in the order of their starts; of NO_SPAN, the roots. */
  childrenOf(span: SpanIndex): Uint32Array {
    return this.#children.subarray(this.#first[span + 1], this.#first[span + 2]);
  }

  /** Counting sort by parent, which keeps the order of the spans. */
  #listChildren(): void {
    const next = new Uint32Array(this.count + 2);
    for (const owner of this.parent) next[owner + 2] = (next[owner + 2] ?? 0) + 1;
    for (let i = 1; i < next.length; i += 1) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0);
    this.#first.set(next);
    for (let span = 0; span < this.count; span += 1) {
      const owner = this.parent[span] ?? NO_SPAN;
      const at = next[owner + 1] ?? 0;
      this.#children[at] = span;
      next[owner + 1] = at + 1;
    }
  }

  #breadthFirst(): Uint32Array {
    const order = new Uint32Array(this.count);
    let filled = 0;
    const append = (span: SpanIndex): void => {
      const children = this.childrenOf(span);
      order.set(children, filled);
      filled += children.length;
    };
    append(NO_SPAN);
    for (let i = 0; i < filled; i += 1) append(order[i] ?? 0);
    return order;
  }
}
