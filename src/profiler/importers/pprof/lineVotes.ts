import { GrowingColumn } from '../../model/growingColumn.ts';
import type { NodeId } from '../stacks/callTree.ts';

/** Finds the heaviest line of each node of a tree by Boyer and Moore's vote: exact where one has more than half. */
export class LineVotes {
  readonly #line = new GrowingColumn((n) => new Uint32Array(n));
  readonly #lead = new GrowingColumn((n) => new Float64Array(n));

  /** Counts a line of a node. */
  add(node: NodeId, line: number, weight: number): void {
    if (line <= 0) return;
    while (this.#line.length <= node) {
      this.#line.push(0);
      this.#lead.push(0);
    }
    const votes = Math.abs(weight);
    const lead = this.#lead.get(node);
    if (this.#line.get(node) === line) this.#lead.set(node, lead + votes);
    else if (votes > lead) {
      this.#line.set(node, line);
      this.#lead.set(node, votes - lead);
    } else this.#lead.set(node, lead - votes);
  }

  /** The heaviest line of a node; 0 where none was counted. */
  lineOf(node: NodeId): number {
    return node < this.#line.length ? this.#line.get(node) : 0;
  }
}
