import { GrowingColumn } from '../../model/growingColumn.ts';

/** Position of a node in a CallTree; -1 stands above the roots. */
export type NodeId = number;

export const NO_NODE: NodeId = -1;

/** Most nodes that a tree takes: a hostile file of a few megabytes could ask for billions. */
export const MAX_NODES = 1 << 24;

/**
 * Call stacks as a tree: equal stacks are one node, stacks with a common beginning share its nodes. Parents have
 * smaller numbers than their children.
 */
export class CallTree {
  readonly #parent = new GrowingColumn((n) => new Int32Array(n));
  readonly #frame = new GrowingColumn((n) => new Uint32Array(n));
  readonly #depth = new GrowingColumn((n) => new Uint32Array(n));
  /** Open addressing by (parent, frame): 1 + node, or 0. */
  #slots = new Uint32Array(1024);

  /** Number of nodes. */
  get size(): number {
    return this.#parent.length;
  }

  parentOf(node: NodeId): NodeId {
    return this.#parent.get(node);
  }

  /** The number that the importer gave for the frame. */
  frameOf(node: NodeId): number {
    return this.#frame.get(node);
  }

  /** Levels down to and including the node: 1 for a root, 0 for NO_NODE. */
  levelOf(node: NodeId): number {
    return node < 0 ? 0 : this.#depth.get(node);
  }

  /** The node of a frame under a parent, a new one where there was none; NO_NODE where the tree is full. */
  child(parent: NodeId, frame: number): NodeId {
    let slot = this.#slotOf(parent, frame);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) return known - 1;
    if (this.size >= MAX_NODES) return NO_NODE;
    if (this.size * 2 >= this.#slots.length) {
      this.#grow();
      slot = this.#slotOf(parent, frame);
    }
    const node = this.size;
    this.#parent.push(parent);
    this.#frame.push(frame);
    this.#depth.push(this.levelOf(parent) + 1);
    this.#slots[slot] = node + 1;
    return node;
  }

  #slotOf(parent: NodeId, frame: number): number {
    const mask = this.#slots.length - 1;
    let slot = mix(parent + 1, frame) & mask;
    for (;;) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0) return slot;
      if (this.#parent.get(known - 1) === parent && this.#frame.get(known - 1) === frame) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let node = 0; node < this.size; node += 1) {
      this.#slots[this.#slotOf(this.#parent.get(node), this.#frame.get(node))] = node + 1;
    }
  }
}

/** Mixes two 32-bit numbers into a hash; the constants are MurmurHash3's. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a, 0xcc9e2d51) ^ Math.imul(b, 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
