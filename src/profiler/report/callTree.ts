import { type Run, spanCount, stringOf } from '../model/run.ts';
import { NO_SPAN, type StringId } from '../model/units.ts';

/** Spans of one name below spans of one path of names. */
export interface CallNode {
  readonly name: string;
  readonly count: number;
  /** Sum of the durations in nanoseconds; for a run without time order the weight. */
  readonly total: number;
  /** The part that no child covers. */
  readonly self: number;
  /** The greatest single duration or weight. */
  readonly most: number;
  /** The largest total first. */
  readonly children: readonly CallNode[];
}

interface Growing {
  readonly nameId: StringId;
  count: number;
  total: number;
  self: number;
  most: number;
  readonly children: Map<StringId, Growing>;
}

const newNode = (nameId: StringId): Growing => ({
  nameId,
  count: 0,
  total: 0,
  self: 0,
  most: 0,
  children: new Map(),
});

/**
 * The spans of a run as a tree of names: spans of one name with the same ancestors' names are one node. Parallel spans
 * add up, so a node may be longer than its parent. Takes time linear in the spans.
 *
 * @returns the roots, the largest total first.
 */
export function callTree(run: Run): CallNode[] {
  const { parent, nameId, durationNs, selfNs, depth } = run.spans;
  const total = run.weights?.total ?? durationNs;
  const self = run.weights?.self ?? selfNs;
  const nodes: Growing[] = new Array<Growing>(spanCount(run));
  const root = newNode(0);
  for (const span of byDepth(depth)) {
    const owner = parent[span] ?? NO_SPAN;
    const { children } = (owner === NO_SPAN ? root : nodes[owner]) ?? root;
    const name = nameId[span] ?? 0;
    const node = children.get(name) ?? newNode(name);
    children.set(name, node);
    nodes[span] = node;
    node.count += 1;
    node.total += total[span] ?? 0;
    node.self += self[span] ?? 0;
    node.most = Math.max(node.most, total[span] ?? 0);
  }
  return finished(run, root);
}

/** Spans with parents before children: a parent may stand behind its child where the child began first. */
function byDepth(depth: Uint16Array): Uint32Array {
  const starts = new Uint32Array(0x10001);
  for (const at of depth) starts[at + 1] = (starts[at + 1] ?? 0) + 1;
  for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Uint32Array(depth.length);
  depth.forEach((at, span) => {
    const place = starts[at] ?? 0;
    order[place] = span;
    starts[at] = place + 1;
  });
  return order;
}

/** Without recursion, which a stack of 100,000 frames would not survive. */
function finished(run: Run, root: Growing): CallNode[] {
  const done = new Map<Growing, CallNode>();
  const stack: { readonly node: Growing; readonly opened: boolean }[] = [
    { node: root, opened: false },
  ];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, opened } = top;
    if (!opened) {
      stack.push({ node, opened: true });
      for (const child of node.children.values()) stack.push({ node: child, opened: false });
      continue;
    }
    const children = Array.from(node.children.values(), (child) => done.get(child)).filter(
      (child) => child !== undefined,
    );
    children.sort((a, b) => b.total - a.total);
    const { count, total, self, most } = node;
    done.set(node, { name: stringOf(run, node.nameId), count, total, self, most, children });
  }
  return [...(done.get(root)?.children ?? [])];
}
