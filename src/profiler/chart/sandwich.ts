import type { StringId } from '../model/units.ts';
import { type PieceColumns, SPAN_FLAG } from './chartColumns.ts';
import { drawnTree } from './drawnTree.ts';
import type { LeftHeavyLayout } from './leftHeavyLayout.ts';
import type { NameTable } from './nameTable.ts';
import { StackTree } from './stackTree.ts';

/** Most nodes of either half: the rows next to the name are kept. */
const MOST_NODES = 200_000;
/** Callers are told so many rows up, and fewer where very many stacks hold the name: their number grows with both. */
const MOST_ROWS = 1000;
const FEWEST_ROWS = 8;
const MOST_STEPS = 500_000;

/** Who calls a name and what it calls; both halves begin with the name itself in row 0 and are equally wide. */
export interface Sandwich {
  /** Upwards: row 1 are the callers. */
  readonly callers: PieceColumns;
  /** Downwards: row 1 are the callees. */
  readonly callees: PieceColumns;
}

/**
 * Callers and callees of all spans of a name. Recursive calls are part of the outermost one, so nothing counts twice. A
 * node stands for several of the merged stacks: `span` is the widest of these.
 *
 * @param flags by node of the layout.
 * @param outermost by node of the layout, of `outermostNodes`.
 */
export function sandwich(
  layout: LeftHeavyLayout,
  names: NameTable,
  flags: Uint8Array,
  outermost: Uint8Array,
  name: StringId,
): Sandwich {
  const { nameId, parent } = layout;
  const callers = new Half(layout, flags);
  const callees = new Half(layout, flags);
  /** 1 + the node of the half, for what lies below the name. */
  const below = new Uint32Array(nameId.length);
  const rows = callerRows(nameId, outermost, name);
  for (let node = 0; node < nameId.length; node += 1) {
    const owner = parent[node] ?? -1;
    const at = owner < 0 ? 0 : (below[owner] ?? 0);
    const id = nameId[node] ?? 0;
    if (id === name && outermost[node] === 1) {
      below[node] = callees.add(-1, id, node, node) + 1;
      let caller = callers.add(-1, id, node, node);
      let above = owner;
      for (let row = 1; above >= 0 && row < rows; row += 1) {
        caller = callers.add(caller, nameId[above] ?? 0, node, above);
        above = parent[above] ?? -1;
      }
    } else if (at > 0) below[node] = callees.add(at - 1, id, node, node) + 1;
  }
  return { callers: callers.piece(names), callees: callees.piece(names) };
}

function callerRows(nameId: Uint32Array, outermost: Uint8Array, name: StringId): number {
  let stacks = 0;
  nameId.forEach((id, node) => (stacks += id === name ? (outermost[node] ?? 0) : 0));
  const affordable = Math.floor(MOST_STEPS / Math.max(1, stacks));
  return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
}

/** One half while it grows. */
class Half {
  readonly #layout: LeftHeavyLayout;
  readonly #flags: Uint8Array;
  readonly #tree = new StackTree();
  readonly #width: number[] = [];
  readonly #orFlags: number[] = [];
  readonly #widest: number[] = [];
  readonly #widestWidth: number[] = [];

  constructor(layout: LeftHeavyLayout, flags: Uint8Array) {
    this.#layout = layout;
    this.#flags = flags;
  }

  /** Adds the width of the stack `of` to the child of a name, which the stack `shown` stands for. */
  add(parent: number, name: StringId, of: number, shown: number): number {
    const node = this.#tree.child(parent, name);
    const width = this.#layout.width[of] ?? 0;
    const isNew = node === this.#width.length;
    this.#width[node] = (this.#width[node] ?? 0) + width;
    const merged = isNew ? 0 : SPAN_FLAG.merged;
    this.#orFlags[node] = (this.#orFlags[node] ?? 0) | (this.#flags[shown] ?? 0) | merged;
    if (isNew || width > (this.#widestWidth[node] ?? 0)) {
      this.#widestWidth[node] = width;
      this.#widest[node] = shown;
    }
    return node;
  }

  piece({ places }: NameTable): PieceColumns {
    const width = Float64Array.from(this.#width);
    const drawn = drawnTree(this.#tree.parents, width);
    const order = drawn.order.subarray(0, MOST_NODES);
    const names = this.#tree.names;
    return {
      start: drawn.start.subarray(0, MOST_NODES),
      duration: Float64Array.from(order, (node) => width[node] ?? 0),
      span: order.map((node) => this.#widest[node] ?? 0),
      name: order.map((node) => (places[names[node] ?? 0] ?? 1) - 1),
      row: drawn.row.subarray(0, MOST_NODES),
      flags: Uint8Array.from(order, (node) => this.#orFlags[node] ?? 0),
    };
  }
}
