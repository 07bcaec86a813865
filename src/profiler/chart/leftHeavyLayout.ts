import { type Run, spanCount } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NO_SPAN } from '../model/units.ts';
import { SPAN_FLAG } from './chartColumns.ts';
import { drawnTree } from './drawnTree.ts';
import { groupBy, upTo } from './groups.ts';
import { type StackNode, StackTree } from './stackTree.ts';

/**
 * The spans of a run with equal stacks merged into nodes, the longest first, on one track. Nodes are numbered as they are
 * drawn, row by row and in a row from the left. All amounts are nanoseconds, or weights in a run without time order.
 */
export interface LeftHeavyLayout {
  /** Width of all roots together: parallel spans lie one beside the other. */
  readonly extent: number;
  readonly rows: number;
  /** By node from here on. */
  readonly row: Uint32Array;
  readonly start: Float64Array;
  /** As wide as it is drawn: its own time and the width of its callees, which may run at the same time. */
  readonly width: Float64Array;
  /** Place in `Run.strings`. */
  readonly nameId: Uint32Array;
  /** -1 for a root. */
  readonly parent: Int32Array;
  /** Sum over its spans. */
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** The longest of its spans, and how long that one is. */
  readonly longest: Uint32Array;
  readonly most: Float64Array;
  readonly count: Uint32Array;
  readonly errors: Uint32Array;
  /** By span: its node. */
  readonly nodeOf: Uint32Array;
}

/** Merges spans of one name with the same ancestors' names. Takes time linear in the spans, and no object a span. */
export function leftHeavyLayout(run: Run): LeftHeavyLayout {
  const tree = new StackTree();
  const nodeOf = stacksOf(run, tree);
  const sums = sumsOf(run, nodeOf, tree.count);
  const width = widthsOf(tree.parents, sums.self);
  const drawn = drawnTree(tree.parents, width);
  const { order, row, start, parent, rows, extent } = drawn;
  const placeOf = new Uint32Array(order.length);
  order.forEach((node, place) => (placeOf[node] = place));
  for (let span = 0; span < nodeOf.length; span += 1) {
    nodeOf[span] = placeOf[nodeOf[span] ?? 0] ?? 0;
  }
  return {
    extent,
    rows,
    row,
    start,
    parent,
    nodeOf,
    width: order64(width, order),
    nameId: order32(tree.names, order),
    total: order64(sums.total, order),
    self: order64(sums.self, order),
    most: order64(sums.most, order),
    longest: order32(sums.longest, order),
    count: order32(sums.count, order),
    errors: order32(sums.errors, order),
  };
}

/** What lies in the spans of each node, or-ed, with `merged` for several. `flags` are those of the spans. */
export function nodeFlags({ nodeOf, count }: LeftHeavyLayout, flags: Uint8Array): Uint8Array {
  const merged = Uint8Array.from(count, (spans) => (spans > 1 ? SPAN_FLAG.merged : 0));
  for (let span = 0; span < nodeOf.length; span += 1) {
    const node = nodeOf[span] ?? 0;
    merged[node] = (merged[node] ?? 0) | (flags[span] ?? 0);
  }
  return merged;
}

/** By node: 1 where no ancestor has its name, so that a sum over these counts recursion once. */
export function outermostNodes({ parent, nameId }: LeftHeavyLayout): Uint8Array {
  const { first, members } = groupBy(
    upTo(parent.length),
    (node) => (parent[node] ?? -1) + 1,
    parent.length + 1,
  );
  const outermost = new Uint8Array(parent.length);
  const open = new Map<number, number>();
  // Each node twice: on the way down as itself, on the way up as its complement.
  const stack: number[] = [];
  const pushChildren = (group: number): void => {
    for (let i = first[group] ?? 0; i < (first[group + 1] ?? 0); i += 1) {
      stack.push(members[i] ?? 0);
    }
  };
  pushChildren(0);
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const node = top < 0 ? ~top : top;
    const name = nameId[node] ?? 0;
    const above = open.get(name) ?? 0;
    if (top < 0) {
      open.set(name, above - 1);
      continue;
    }
    if (above === 0) outermost[node] = 1;
    open.set(name, above + 1);
    stack.push(~node);
    pushChildren(node + 1);
  }
  return outermost;
}

/** The node of each span. A parent may stand behind its child, where the child began first: then the way up is walked. */
function stacksOf(run: Run, tree: StackTree): Uint32Array {
  const { parent, nameId } = run.spans;
  const known = new Uint32Array(spanCount(run));
  const path: number[] = [];
  for (let span = 0; span < known.length; span += 1) {
    let at = span;
    while (at !== NO_SPAN && known[at] === 0) {
      path.push(at);
      at = parent[at] ?? NO_SPAN;
    }
    let node: StackNode = at === NO_SPAN ? NO_SPAN : (known[at] ?? 0) - 1;
    for (let below = path.pop(); below !== undefined; below = path.pop()) {
      node = tree.child(node, nameId[below] ?? 0);
      known[below] = node + 1;
    }
  }
  for (let span = 0; span < known.length; span += 1) known[span] = (known[span] ?? 0) - 1;
  return known;
}

function sumsOf(run: Run, nodeOf: Uint32Array, nodes: number) {
  const totals = run.weights?.total ?? run.spans.durationNs;
  const selves = run.weights?.self ?? run.spans.selfNs;
  const total = new Float64Array(nodes);
  const self = new Float64Array(nodes);
  const most = new Float64Array(nodes).fill(-Infinity);
  const longest = new Uint32Array(nodes);
  const count = new Uint32Array(nodes);
  const errors = new Uint32Array(nodes);
  for (let span = 0; span < nodeOf.length; span += 1) {
    const node = nodeOf[span] ?? 0;
    const amount = totals[span] ?? 0;
    total[node] = (total[node] ?? 0) + amount;
    self[node] = (self[node] ?? 0) + (selves[span] ?? 0);
    count[node] = (count[node] ?? 0) + 1;
    if (run.spans.status[span] === SPAN_STATUS.error) errors[node] = (errors[node] ?? 0) + 1;
    if (amount > (most[node] ?? 0)) {
      most[node] = amount;
      longest[node] = span;
    }
  }
  return { total, self, most, longest, count, errors };
}

/** Own time and that of all below. Negative weights, as those of a difference are, have no width. */
function widthsOf(parent: Int32Array, self: Float64Array): Float64Array {
  const width = self.map((amount) => Math.max(0, amount));
  for (let node = width.length - 1; node >= 0; node -= 1) {
    const owner = parent[node] ?? NO_SPAN;
    if (owner !== NO_SPAN) width[owner] = (width[owner] ?? 0) + (width[node] ?? 0);
  }
  return width;
}

function order64(column: Float64Array, order: Uint32Array): Float64Array {
  return Float64Array.from(order, (node) => column[node] ?? 0);
}

function order32(column: Uint32Array, order: Uint32Array): Uint32Array {
  return order.map((node) => column[node] ?? 0);
}
