import type { SpanHandle } from '../../model/spanStore.ts';
import { SPAN_STATUS } from '../../model/spanStatus.ts';
import type { TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';
import { type CallTree, NO_NODE, type NodeId } from './callTree.ts';
import type { FrameTable } from './frameTable.ts';

/**
 * Most spans that sampled stacks become. A deep stack that alternates with a shallow one makes as many spans as it has
 * frames out of each sample, so the size of a file bounds nothing.
 */
export const MAX_SAMPLED_SPANS = 12_000_000;

/** Spans that a thread may have whatever its samples, and those that each sample may add on the average. */
const FREE_SPANS = 1_000_000;
const SPANS_PER_SAMPLE = 100;

interface OpenFrame {
  readonly node: NodeId;
  readonly handle: SpanHandle;
  readonly startNs: number;
}

/**
 * Draws the samples of one thread as spans: what consecutive samples have in common from the root on goes on, the rest
 * ends and begins anew. So there is one span for each stay in a frame as far as the samples can tell.
 */
export class StackTimeline {
  readonly #run: ImportRun;
  readonly #track: TrackId;
  readonly #tree: CallTree;
  readonly #frames: Pick<FrameTable, 'nameOf' | 'sourceOf'>;
  readonly #open: OpenFrame[] = [];
  #lastNs = -Infinity;
  #room = FREE_SPANS;
  #skipped = 0;

  constructor(
    run: ImportRun,
    track: TrackId,
    tree: CallTree,
    frames: Pick<FrameTable, 'nameOf' | 'sourceOf'>,
  ) {
    this.#run = run;
    this.#track = track;
    this.#tree = tree;
    this.#frames = frames;
  }

  /** Samples that found no room. */
  get skippedSamples(): number {
    return this.#skipped;
  }

  /** The time of the latest sample, or -Infinity. */
  get lastNs(): number {
    return this.#lastNs;
  }

  /**
   * From a time on the stack is the one that ends with a node; NO_NODE for none. Times must not fall: an earlier one
   * counts as the latest. The run's offset is added here.
   */
  sample(timeNs: number, node: NodeId): void {
    const now = Math.max(timeNs, this.#lastNs);
    this.#lastNs = now;
    const tree = this.#tree;
    const level = tree.levelOf(node);
    this.#room += SPANS_PER_SAMPLE;
    const room = Math.min(this.#room, MAX_SAMPLED_SPANS - this.#run.builder.spanCount);
    if (level > 0 && level > this.#open.length + room) {
      this.#closeTo(0, now);
      this.#skipped += 1;
      return;
    }
    const path: NodeId[] = [];
    let at = node;
    while (tree.levelOf(at) > this.#open.length) {
      path.push(at);
      at = tree.parentOf(at);
    }
    this.#closeTo(tree.levelOf(at), now);
    while (at !== NO_NODE && this.#open.at(-1)?.node !== at) {
      path.push(at);
      at = tree.parentOf(at);
      this.#closeTo(this.#open.length - 1, now);
    }
    for (let i = path.length - 1; i >= 0; i -= 1) this.#begin(path[i] ?? NO_NODE, now);
  }

  /** Ends whatever still runs. */
  finish(timeNs: number): void {
    this.sample(timeNs, NO_NODE);
  }

  #begin(node: NodeId, startNs: number): void {
    this.#room -= 1;
    const frame = this.#tree.frameOf(node);
    const handle = this.#run.builder.openSpan({
      name: this.#frames.nameOf(frame),
      startNs: startNs + this.#run.offsetNs,
      track: this.#track,
      parent: this.#open.at(-1)?.handle ?? null,
      source: this.#frames.sourceOf(frame),
    });
    this.#open.push({ node, handle, startNs });
  }

  #closeTo(level: number, endNs: number): void {
    while (this.#open.length > level) {
      const top = this.#open.pop();
      if (top === undefined) return;
      this.#run.builder.closeSpan(top.handle, endNs - top.startNs, SPAN_STATUS.unset);
    }
  }
}
