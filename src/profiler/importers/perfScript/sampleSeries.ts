import { GrowingColumn } from '../../model/growingColumn.ts';
import type { NodeId } from '../stacks/callTree.ts';

/** A sample is taken to last to the next one, if that is at most so many usual distances away. */
const MAX_GAP = 2;

/** The samples of one thread and event: when, and the node of the call tree. */
export class SampleSeries {
  readonly #timeNs = new GrowingColumn((n) => new Float64Array(n));
  /** 1 + node, 0 for an empty stack. */
  readonly #node = new GrowingColumn((n) => new Uint32Array(n));
  #sorted = true;

  get firstNs(): number {
    return this.#timeNs.length === 0
      ? Infinity
      : this.#timeNs.view().reduce((a, b) => Math.min(a, b));
  }

  add(timeNs: number, node: NodeId): void {
    const last = this.#timeNs.length - 1;
    if (last >= 0 && timeNs < this.#timeNs.get(last)) this.#sorted = false;
    this.#timeNs.push(timeNs);
    this.#node.push(node + 1);
  }

  /**
   * Calls for each stretch of time with the stack that was sampled in it, in order. Where the next sample is far away
   * the thread did not run: its sample lasts as long as samples usually do there.
   */
  eachStretch(onStretch: (fromNs: number, toNs: number, node: NodeId) => void): void {
    const times = this.#timeNs.view();
    const order = Uint32Array.from({ length: times.length }, (_, i) => i);
    if (!this.#sorted) order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    const at = (i: number): number => times[order[i] ?? 0] ?? 0;
    const gaps = new Float64Array(Math.max(0, times.length - 1));
    for (let i = 0; i < gaps.length; i += 1) gaps[i] = at(i + 1) - at(i);
    const usual = gaps.slice().sort()[gaps.length >> 1] ?? 0;
    for (let i = 0; i < order.length; i += 1) {
      const gap = gaps[i] ?? usual;
      const length = gap <= MAX_GAP * usual ? gap : usual;
      onStretch(at(i), at(i) + length, this.#node.get(order[i] ?? 0) - 1);
    }
  }
}
