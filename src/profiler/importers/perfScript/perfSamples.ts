import type { ImportRun } from '../importer.ts';
import { CallTree, NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { type Frame, FrameTable } from '../stacks/frameTable.ts';
import { StackTimeline } from '../stacks/stackTimeline.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import { type PerfHeader, hasPossibleTime } from './perfLines.ts';
import { SampleSeries } from './sampleSeries.ts';

/** The samples of a thread and event. */
interface Thread {
  readonly name: string;
  readonly tree: CallTree;
  readonly samples: SampleSeries;
}

/** Most pairs of thread and event that have a track of their own. */
const MAX_THREADS = 10_000;

/** Gathers the samples of a text as its lines are read. */
export class PerfSamples {
  /** Whether all samples had a time. */
  timed = true;
  count = 0;
  /** Samples that found no room. */
  skipped = 0;
  readonly #frames: Frame[] = [];
  readonly #frameIds = new Map<string, number>();
  readonly #threads = new Map<string, Thread>();
  readonly #events = new Set<string>();
  #header: PerfHeader | null = null;
  /** Innermost first. */
  #stack: Frame[] = [];

  /** Begins a sample. */
  begin(header: PerfHeader): void {
    this.end();
    this.#header = header;
  }

  /** Adds the next frame outwards. */
  addFrame(name: string): void {
    this.#stack.push({ name });
  }

  /** Gives the last frame its place. False where there is none. */
  setPlace(place: { file: string; line: number }): boolean {
    const last = this.#stack.at(-1);
    if (last === undefined || last.file !== undefined) return false;
    this.#stack[this.#stack.length - 1] = { name: last.name, ...place };
    return true;
  }

  /** Ends the sample at hand, if there is one. */
  end(): void {
    const header = this.#header;
    if (header === null) return;
    const stack = this.#stack;
    this.#header = null;
    this.#stack = [];
    if (!hasPossibleTime(header)) return;
    const thread = this.#threadOf(header);
    let node: NodeId = NO_NODE;
    for (let i = stack.length - 1; thread !== null && i >= 0; i -= 1) {
      const frame = stack[i];
      if (frame !== undefined) node = thread.tree.child(node, this.#idOf(frame));
      if (node === NO_NODE) break;
    }
    if (thread === null || (node === NO_NODE && stack.length > 0)) this.skipped += 1;
    else {
      if (header.timeNs === null) this.timed = false;
      thread.samples.add(header.timeNs ?? 0, node);
      this.count += 1;
    }
  }

  /** Adds everything to a run: spans with a time, or weights where a sample had none. */
  emit(run: ImportRun): void {
    const table = new FrameTable(run.builder);
    const ids = this.#frames.map((frame) => table.intern(frame));
    const frames = {
      nameOf: (frame: number) => table.nameOf(ids[frame] ?? -1),
      sourceOf: (frame: number) => table.sourceOf(ids[frame] ?? -1),
    };
    let zeroNs = Infinity;
    for (const { samples } of this.#threads.values()) zeroNs = Math.min(zeroNs, samples.firstNs);
    let left = 0;
    for (const { name, tree, samples } of this.#threads.values()) {
      const track = run.track(name, 'thread');
      if (!this.timed) {
        const weights = new WeightTree(tree);
        samples.eachStretch((_from, _to, node) => weights.add(node, 1));
        weights.emit(
          run,
          track,
          (node) => frames.nameOf(tree.frameOf(node)),
          (node) => frames.sourceOf(tree.frameOf(node)),
        );
        continue;
      }
      const timeline = new StackTimeline(run, track, tree, frames);
      let until = 0;
      samples.eachStretch((from, to, node) => {
        if (from > until) timeline.sample(until - zeroNs, NO_NODE);
        timeline.sample(from - zeroNs, node);
        until = to;
      });
      timeline.finish(until - zeroNs);
      left += timeline.skippedSamples;
    }
    if (left > 0) run.reject(null, `${left} samples are left out: too many spans`);
  }

  #threadOf({ comm, tid, event }: PerfHeader): Thread | null {
    const key = JSON.stringify([comm, tid, event]);
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    if (this.#threads.size >= MAX_THREADS) return null;
    this.#events.add(event);
    const [firstEvent] = this.#events;
    // One event needs no name; the further ones tell themselves apart by it.
    const name = event === firstEvent ? `${comm} ${tid}` : `${comm} ${tid}, ${event}`;
    const thread = { name, tree: new CallTree(), samples: new SampleSeries() };
    this.#threads.set(key, thread);
    return thread;
  }

  #idOf(frame: Frame): number {
    const key = frame.file === undefined ? frame.name : JSON.stringify(frame);
    const known = this.#frameIds.get(key);
    if (known !== undefined) return known;
    const id = this.#frames.length;
    // A copy, which does not keep the text alive that it was cut from.
    const name = Buffer.from(frame.name).toString();
    this.#frames.push({ ...frame, name });
    this.#frameIds.set(frame.file === undefined ? name : key, id);
    return id;
  }
}
