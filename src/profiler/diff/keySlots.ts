/** How far an attribute of the spans of one name can be relied on to find them again in the other run. */
export type KeyKind = 'none' | 'weak' | 'strong';

/** Share of the values that must occur in both runs: ids that are new in every run do not help to find anything. */
const SHARED_SHARE = 0.5;
/** Share of different values among siblings from which on they are told apart by it. */
const DISTINCT_SHARE = 0.5;

/** The values of one attribute of the spans of one name. */
class KeySlot {
  telling = true;
  readonly counts = [0, 0];
  readonly #values: readonly Map<number, number>[] = [new Map(), new Map()];
  /** By parent: the values of its children so far. */
  readonly #siblings: readonly Map<number, number[]>[] = [new Map(), new Map()];

  add(side: number, value: number, parent: number): void {
    this.counts[side] = (this.counts[side] ?? 0) + 1;
    const values = this.#values[side];
    values?.set(value, (values.get(value) ?? 0) + 1);
    const siblings = this.#siblings[side];
    const known = siblings?.get(parent);
    if (known === undefined) siblings?.set(parent, [value]);
    else known.push(value);
  }

  kind(): KeyKind {
    const [inA = 0, inB = 0] = this.counts;
    let shared = 0;
    const [valuesA, valuesB] = this.#values;
    valuesA?.forEach((count, value) => (shared += Math.min(count, valuesB?.get(value) ?? 0)));
    if (inA === 0 || inB === 0 || shared < SHARED_SHARE * Math.min(inA, inB)) return 'none';
    return this.telling && this.#tellsSiblingsApart() ? 'strong' : 'weak';
  }

  #tellsSiblingsApart(): boolean {
    let siblings = 0;
    let distinct = 0;
    for (const groups of this.#siblings) {
      for (const values of groups.values()) {
        if (values.length < 2) continue;
        siblings += values.length;
        distinct += new Set(values).size;
      }
    }
    return siblings > 0 && distinct >= DISTINCT_SHARE * siblings;
  }
}

/** Decides for each attribute of each name what it is good for. */
export class KeySlots {
  readonly #slots = new Map<number, Map<number, KeySlot>>();
  readonly #kinds = new Map<number, Map<number, KeyKind>>();

  count(
    side: number,
    template: number,
    entry: { readonly key: number; readonly value: number; readonly telling: boolean },
    parent: number,
  ): void {
    let keys = this.#slots.get(template);
    if (keys === undefined) this.#slots.set(template, (keys = new Map<number, KeySlot>()));
    let slot = keys.get(entry.key);
    if (slot === undefined) keys.set(entry.key, (slot = new KeySlot()));
    slot.telling &&= entry.telling;
    slot.add(side, entry.value, parent);
  }

  /** To be called once, after everything is counted. */
  decide(): void {
    for (const [template, keys] of this.#slots) {
      const kinds = new Map<number, KeyKind>();
      for (const [key, slot] of keys) kinds.set(key, slot.kind());
      this.#kinds.set(template, kinds);
    }
    this.#slots.clear();
  }

  kindOf(template: number, key: number): KeyKind {
    return this.#kinds.get(template)?.get(key) ?? 'none';
  }
}
