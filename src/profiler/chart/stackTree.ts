import { NO_SPAN, type StringId } from '../model/units.ts';

/** A node of a tree of names, in the order in which they were made; -1 for none. */
export type StackNode = number;

/** Spreads node and name over the slots. The multipliers are those of MurmurHash3 (Appleby). */
function hashOf(parent: StackNode, name: StringId): number {
  let hash = Math.imul(parent + 1, 0x85ebca6b) ^ Math.imul(name + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Paths of names, each once: a tree in two columns, found by open addressing. No object a node. */
export class StackTree {
  #names = new Uint32Array(1024);
  #parents = new Int32Array(1024);
  /** 1 + node, 0 for an empty slot; at most half of them are taken. */
  #slots = new Uint32Array(2048);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Name by node. */
  get names(): Uint32Array {
    return this.#names.subarray(0, this.#count);
  }

  /** Parent by node, which always comes before its children; -1 for a root. */
  get parents(): Int32Array {
    return this.#parents.subarray(0, this.#count);
  }

  /** The child of a node that has a name, or the root of that name below -1; made where there was none. */
  child(parent: StackNode, name: StringId): StackNode {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(parent, name) & mask; ; slot = (slot + 1) & mask) {
      const node = (this.#slots[slot] ?? 0) - 1;
      if (node < 0) return this.#add(parent, name, slot);
      if (this.#names[node] === name && this.#parents[node] === parent) return node;
    }
  }

  #add(parent: StackNode, name: StringId, slot: number): StackNode {
    const node = this.#count;
    if (node === this.#names.length) this.#grow();
    this.#names[node] = name;
    this.#parents[node] = parent;
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    else this.#slots[slot] = node + 1;
    return node;
  }

  #grow(): void {
    const names = new Uint32Array(this.#names.length * 2);
    names.set(this.#names);
    const parents = new Int32Array(names.length);
    parents.set(this.#parents);
    this.#names = names;
    this.#parents = parents;
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let node = 0; node < this.#count; node += 1) {
      let slot = hashOf(this.#parents[node] ?? NO_SPAN, this.#names[node] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = node + 1;
    }
  }
}
