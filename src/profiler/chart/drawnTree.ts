import { orderByNumbers } from '../model/timeOrder.ts';
import { groupBy } from './groups.ts';

/** A tree as it is drawn: its nodes row by row, and in a row from the left. */
export interface DrawnTree {
  /** Node by place. */
  readonly order: Uint32Array;
  /** By place. */
  readonly row: Uint32Array;
  /** By place, in the unit of the widths. */
  readonly start: Float64Array;
  /** Place of the parent by place; -1 for a root. */
  readonly parent: Int32Array;
  /** Rows in use. */
  readonly rows: number;
  /** Width of all roots together. */
  readonly extent: number;
}

/**
 * Places the nodes of a tree: the widest child first, each where its elder sibling ends, the first where the parent begins.
 *
 * @param parent by node, -1 for a root; parents come before their children.
 * @param width by node, not negative, and no less than that of its children together.
 */
export function drawnTree(parent: Int32Array, width: Float64Array): DrawnTree {
  const count = parent.length;
  const { members, first } = groupBy(
    fallingOrder(width),
    (node) => (parent[node] ?? -1) + 1,
    count + 1,
  );
  const order = new Uint32Array(count);
  const row = new Uint32Array(count);
  const start = new Float64Array(count);
  const placeOfParent = new Int32Array(count);
  let placed = 0;
  const placeChildren = (place: number, group: number, from: number, inRow: number): number => {
    let at = from;
    for (let i = first[group] ?? 0; i < (first[group + 1] ?? 0); i += 1) {
      const child = members[i] ?? 0;
      order[placed] = child;
      row[placed] = inRow;
      start[placed] = at;
      placeOfParent[placed] = place;
      at += width[child] ?? 0;
      placed += 1;
    }
    return at;
  };
  const extent = placeChildren(-1, 0, 0, 0);
  for (let place = 0; place < placed; place += 1) {
    const group = (order[place] ?? 0) + 1;
    placeChildren(place, group, start[place] ?? 0, (row[place] ?? 0) + 1);
  }
  const rows = count === 0 ? 0 : (row[count - 1] ?? 0) + 1;
  return { order, row, start, parent: placeOfParent, rows, extent };
}

/** Positions of numbers from the greatest on; equal ones as they stand. */
function fallingOrder(numbers: Float64Array): Uint32Array {
  const order = orderByNumbers(numbers).reverse();
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && numbers[order[to] ?? 0] === numbers[order[from] ?? 0]) to += 1;
    if (to - from > 1) order.subarray(from, to).reverse();
    from = to;
  }
  return order;
}
