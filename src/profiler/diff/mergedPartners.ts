import type { MarkColumns } from '../chart/chartColumns.ts';
import type { LeftHeavyLayout } from '../chart/leftHeavyLayout.ts';
import { StackTree } from '../chart/stackTree.ts';
import type { Run } from '../model/run.ts';
import { SharedNames } from './sharedNames.ts';
import type { DiffSide } from './spanPartners.ts';

/** The merged stacks of one run of a diff. */
export interface MergedRun {
  readonly run: Run;
  readonly layout: LeftHeavyLayout;
}

/** The pairs of two runs whose stacks were merged: nodes belong together where the names on the way to them are the same. */
export class MergedPartners {
  readonly #layouts: Readonly<Record<DiffSide, LeftHeavyLayout>>;
  /** By node: 1 + its partner in the other run, or 0. */
  readonly #partners: Readonly<Record<DiffSide, Uint32Array>>;

  constructor(a: MergedRun, b: MergedRun) {
    this.#layouts = { a: a.layout, b: b.layout };
    const names = new SharedNames();
    const tree = new StackTree();
    const pathsA = pathsOf(a, names, tree);
    const pathsB = pathsOf(b, names, tree);
    this.#partners = {
      a: partnersBy(pathsA, pathsB, tree.count),
      b: partnersBy(pathsB, pathsA, tree.count),
    };
  }

  /** Marks of the nodes of a side from `from` up to and without `to` (`MARKS`). */
  marksOf(side: DiffSide, from: number, to: number): MarkColumns {
    const own = this.#layouts[side];
    const other = this.#layouts[side === 'a' ? 'b' : 'a'];
    const sign = side === 'a' ? -1 : 1;
    const partner = this.#partners[side].slice(from, to);
    const delta = (of: 'total' | 'self'): Float64Array =>
      Float64Array.from(partner, (mate, i) => {
        const before = mate === 0 ? 0 : (other[of][mate - 1] ?? 0);
        return sign * ((own[of][from + i] ?? 0) - before);
      });
    return { partner, selfDelta: delta('self'), totalDelta: delta('total') };
  }

  /** The nodes that spans of a side were merged into, each once, rising. */
  nodesOf(side: DiffSide, spans: Uint32Array): Uint32Array {
    const { nodeOf } = this.#layouts[side];
    return Uint32Array.from(new Set(spans.map((span) => nodeOf[span] ?? 0))).sort();
  }

  /** The nodes that a side alone has. */
  onlyIn(side: DiffSide): Uint32Array {
    const partners = this.#partners[side];
    return Uint32Array.from(partners.keys()).filter((node) => partners[node] === 0);
  }
}

/** The path of names to each node, as a number that both runs share. Parents come before their children. */
function pathsOf({ run, layout }: MergedRun, names: SharedNames, tree: StackTree): Int32Array {
  const ids = names.idsOf(run);
  const paths = new Int32Array(layout.parent.length);
  for (let node = 0; node < paths.length; node += 1) {
    const owner = layout.parent[node] ?? -1;
    const above = owner < 0 ? -1 : (paths[owner] ?? -1);
    paths[node] = tree.child(above, ids[layout.nameId[node] ?? 0] ?? 0);
  }
  return paths;
}

function partnersBy(own: Int32Array, other: Int32Array, paths: number): Uint32Array {
  const nodeOfPath = new Uint32Array(paths);
  other.forEach((path, node) => (nodeOfPath[path] = node + 1));
  return Uint32Array.from(own, (path) => nodeOfPath[path] ?? 0);
}
