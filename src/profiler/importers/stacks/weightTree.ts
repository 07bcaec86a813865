import { GrowingColumn } from '../../model/growingColumn.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import type { SourceId, TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';
import { CallTree, NO_NODE, type NodeId } from './callTree.ts';
import type { FrameTable } from './frameTable.ts';

/** A call tree with a weight at each stack: what profiles without time order hold. */
export class WeightTree {
  readonly tree: CallTree;
  readonly #self = new GrowingColumn((n) => new Float64Array(n));
  #total = 0;

  constructor(tree = new CallTree()) {
    this.tree = tree;
  }

  /** Sum of all weights. */
  get total(): number {
    return this.#total;
  }

  /** The own weight of a node. */
  selfOf(node: NodeId): number {
    return node < this.#self.length ? this.#self.get(node) : 0;
  }

  /** Adds the weight of a stack that ends with a node. False where the weight is no finite number. */
  add(node: NodeId, weight: number): boolean {
    if (!Number.isFinite(weight) || node < 0) return false;
    while (this.#self.length <= node) this.#self.push(0);
    this.#self.set(node, this.#self.get(node) + weight);
    this.#total += weight;
    return true;
  }

  /**
   * Adds a span for each node to a track of a run without time order. Nodes whose weights cancel out stay.
   *
   * @param nameOf,sourceOf of a node.
   * @param factor what the weights are multiplied with to be in the run's unit.
   * @returns the handle of the first node; the others follow in their order.
   */
  emit(
    run: ImportRun,
    track: TrackId,
    nameOf: (node: NodeId) => string,
    sourceOf: (node: NodeId) => SourceId,
    factor = 1,
  ): SpanHandle {
    const { tree } = this;
    const first = run.builder.spanCount;
    for (let node = 0; node < tree.size; node += 1) {
      const parent = tree.parentOf(node);
      const handle = run.builder.addSpan({
        name: nameOf(node),
        startNs: 0,
        durationNs: 0,
        track,
        parent: parent === NO_NODE ? null : first + parent,
        source: sourceOf(node),
      });
      const self = this.selfOf(node);
      if (self !== 0) run.builder.addWeight(handle, self * factor);
    }
    return first;
  }

  /** `emit` with the name and source of each node's frame. */
  emitFrames(run: ImportRun, track: TrackId, frames: FrameTable): SpanHandle {
    return this.emit(
      run,
      track,
      (node) => frames.nameOf(this.tree.frameOf(node)),
      (node) => frames.sourceOf(this.tree.frameOf(node)),
    );
  }
}
