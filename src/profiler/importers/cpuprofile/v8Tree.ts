import { CallTree, NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { fileOfUrl } from '../stacks/fileOfUrl.ts';
import type { FrameTable } from '../stacks/frameTable.ts';
import type { V8Node, V8Profile } from './v8Profile.ts';

/** What V8 writes where no JavaScript runs. */
export type SystemNode = 'root' | 'program' | 'idle' | 'gc';

const SYSTEM_NAMES = new Map<string, SystemNode>([
  ['(root)', 'root'],
  ['(program)', 'program'],
  ['(idle)', 'idle'],
  ['(garbage collector)', 'gc'],
]);

/** V8's nodes as stacks. The root is no frame; nodes in cycles and below them lead nowhere. */
export interface V8Tree {
  readonly tree: CallTree;
  /** Node id of the file → node. Missing for the root and for what is in no tree. */
  readonly nodes: ReadonlyMap<number, NodeId>;
  readonly system: ReadonlyMap<number, SystemNode>;
  /** The frame of the garbage collector; -1 without one. */
  readonly gcFrame: number;
  /** Nodes that could not be placed: cycles, unknown parents, ids that are there twice. */
  readonly misplaced: number;
}

/** Makes stacks of V8's nodes, however they state their parents. */
export function v8Tree(profile: V8Profile, frames: FrameTable): V8Tree {
  const byId = new Map<number, V8Node>();
  const parents = new Map<number, number>();
  let misplaced = 0;
  for (const node of profile.nodes) {
    if (byId.has(node.id)) misplaced += 1;
    else byId.set(node.id, node);
  }
  for (const node of byId.values()) {
    if (node.parent !== null) parents.set(node.id, node.parent);
    for (const child of node.children) if (!parents.has(child)) parents.set(child, node.id);
  }
  const system = new Map<number, SystemNode>();
  const nodes = new Map<number, NodeId>();
  const tree = new CallTree();
  let gcFrame = -1;
  const placed = new Set<number>();
  for (const start of byId.keys()) {
    const path: V8Node[] = [];
    let at = byId.get(start);
    let above: V8Node | undefined;
    const onPath = new Set<number>();
    while (at !== undefined && !placed.has(at.id) && !onPath.has(at.id)) {
      onPath.add(at.id);
      path.push(at);
      const parent = parents.get(at.id);
      at = parent === undefined ? undefined : byId.get(parent);
      above = at;
    }
    // A cycle: its nodes have no root above them.
    const broken = above !== undefined && onPath.has(above.id);
    for (const node of path.reverse()) {
      placed.add(node.id);
      if (broken) {
        misplaced += 1;
        continue;
      }
      const parentId = parents.get(node.id);
      const kind = isTop(parentId, system) ? SYSTEM_NAMES.get(node.name) : undefined;
      if (kind !== undefined) system.set(node.id, kind);
      if (kind === 'root') continue;
      const parent = parentId === undefined ? NO_NODE : (nodes.get(parentId) ?? NO_NODE);
      if (parent === NO_NODE && parentId !== undefined && system.get(parentId) !== 'root') {
        misplaced += 1;
      }
      const frame = frames.intern({
        name: node.name,
        file: node.url === '' ? undefined : fileOfUrl(node.url),
        line: node.line + 1,
        column: node.column + 1,
      });
      if (kind === 'gc') gcFrame = frame;
      nodes.set(node.id, tree.child(parent, frame));
    }
  }
  return { tree, nodes, system, gcFrame, misplaced };
}

function isTop(parentId: number | undefined, system: ReadonlyMap<number, SystemNode>): boolean {
  return parentId === undefined || system.get(parentId) === 'root';
}
