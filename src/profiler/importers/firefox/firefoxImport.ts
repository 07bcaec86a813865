import type { TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';
import { type CallTree, NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { StackTimeline } from '../stacks/stackTimeline.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import { addMarkers } from './addMarkers.ts';
import { StackNodes, indexAt } from './stackNodes.ts';
import type { FirefoxFile, StackTables, StagedCounter, StagedThread } from './stagedThread.ts';

const NS_PER_MS = 1e6;

/** Adds a staged file to a run. */
export class FirefoxImport {
  readonly #run: ImportRun;
  readonly #file: FirefoxFile;
  readonly #weightUnit: string | null;
  readonly #nodes = new Map<StackTables, StackNodes>();
  readonly #names = new Map<string, number>();

  constructor(run: ImportRun, file: FirefoxFile, weightUnit: string | null) {
    this.#run = run;
    this.#file = file;
    this.#weightUnit = weightUnit;
  }

  add(): void {
    for (const thread of this.#file.threads) {
      const name = this.#nameOf(thread);
      if (thread.isRaw) this.#run.reject(null, `the thread ${name} is in the raw format of Gecko`);
      // Threads without samples are common, the first one of samply's files among them.
      if (thread.samples.length > 0) {
        if (this.#weightUnit === null) this.#addSamples(thread, name);
        else this.#addWeights(thread, name);
      }
      if (this.#weightUnit === null) this.#addMarkers(thread, name);
    }
    if (this.#weightUnit === null) {
      for (const counter of this.#file.counters) this.#addCounter(counter);
    }
  }

  /** A sample lasts to the next one, the last one as long as samples are meant to. */
  #addSamples({ samples, tables }: StagedThread, name: string): void {
    const nodes = this.#nodesOf(tables);
    const track = this.#run.track(name, 'thread');
    const timeline = new StackTimeline(this.#run, track, nodes.tree, nodes.frames);
    const times = samples.timesMs();
    let latest = -Infinity;
    let outOfOrder = 0;
    let unknown = 0;
    for (let i = 0; i < times.length; i += 1) {
      const ms = times[i] ?? Number.NaN;
      if (!(ms >= latest && ms < Infinity)) {
        outOfOrder += 1;
        if (latest === -Infinity) continue;
      } else latest = ms;
      const stack = indexAt(samples.stack, i);
      const node = nodes.nodeOf(stack);
      if (stack >= 0 && node === NO_NODE) unknown += 1;
      timeline.sample(latest * NS_PER_MS, node);
    }
    const { intervalMs } = this.#file;
    if (latest > -Infinity) {
      timeline.finish((latest + (intervalMs > 0 && intervalMs < 1e6 ? intervalMs : 0)) * NS_PER_MS);
    }
    this.#tell(name, outOfOrder, 'samples lie before their predecessors or have no time');
    this.#tell(name, unknown, 'samples have a stack that is not there');
    this.#tell(name, timeline.skippedSamples, 'samples are left out: too many spans');
  }

  #addWeights({ samples, tables }: StagedThread, name: string): void {
    const nodes = this.#nodesOf(tables);
    // A tree of its own: the one of the tables may be shared with other threads.
    const weights = new WeightTree();
    const copy = pathCopier(nodes.tree, weights.tree);
    let unknown = 0;
    for (let i = 0; i < samples.stack.length; i += 1) {
      const node = copy(nodes.nodeOf(indexAt(samples.stack, i)));
      if (!weights.add(node, i < samples.weight.length ? samples.weight.get(i) : 1)) unknown += 1;
    }
    weights.emitFrames(this.#run, this.#run.track(name, 'thread'), nodes.frames);
    this.#tell(name, unknown, 'samples have no stack or no weight');
  }

  #addMarkers({ markers, tables }: StagedThread, name: string): void {
    let track: TrackId | null = null;
    const trackOf = (): TrackId => (track ??= this.#run.track(`${name}: markers`, 'thread'));
    const strings = tables.strings ?? this.#file.shared.strings ?? [];
    const bad = addMarkers(this.#run, markers, strings, trackOf);
    this.#tell(name, bad, 'markers have no beginning or no end');
  }

  /** Memory counts how much it changed, so its value is the sum so far; other counters count what happened. */
  #addCounter({ name, category, pid, samples }: StagedCounter): void {
    const times = samples.timesMs();
    if (times.length === 0) return;
    const isMemory = category === 'Memory';
    const label = name === '' ? 'counter' : name;
    const track = this.#run.track(pid === '' ? label : `${label} (process ${pid})`, 'counter');
    let sum = 0;
    let bad = 0;
    for (let i = 0; i < times.length; i += 1) {
      const ms = times[i] ?? Number.NaN;
      const count = i < samples.count.length ? samples.count.get(i) : Number.NaN;
      if (!Number.isFinite(ms) || !Number.isFinite(count)) {
        bad += 1;
        continue;
      }
      sum += count;
      const timeNs = ms * NS_PER_MS + this.#run.offsetNs;
      this.#run.builder.addSample(
        label,
        isMemory ? 'By' : '1',
        track,
        timeNs,
        isMemory ? sum : count,
      );
    }
    this.#tell(label, bad, 'values have no time or are none');
  }

  /** The stacks of a thread, or those that all threads share. */
  #nodesOf(own: StackTables): StackNodes {
    const tables = own.hasStacks ? own : this.#file.shared;
    const known = this.#nodes.get(tables);
    if (known !== undefined) return known;
    const strings = tables.strings ?? this.#file.shared.strings ?? [];
    const nodes = new StackNodes(tables, strings, this.#run);
    if (nodes.broken > 0) {
      this.#run.reject(
        null,
        `${nodes.broken} stacks have a caller or a function that is not there`,
      );
    }
    this.#nodes.set(tables, nodes);
    return nodes;
  }

  #nameOf({ name, processName, tid }: StagedThread): string {
    const who = name === '' ? 'thread' : name;
    const base = [processName === '' || processName === name ? '' : `${processName}:`, who, tid]
      .filter((part) => part !== '')
      .join(' ');
    const number = (this.#names.get(base) ?? 0) + 1;
    this.#names.set(base, number);
    return number === 1 ? base : `${base} (${number})`;
  }

  #tell(name: string, count: number, what: string): void {
    if (count > 0) this.#run.reject(null, `${name.slice(0, 100)}: ${count} ${what}`);
  }
}

/** Finds the nodes of one tree in another, and adds those that are not there with all above them. */
function pathCopier(from: CallTree, to: CallTree): (node: NodeId) => NodeId {
  const copies = new Map<NodeId, NodeId>();
  return (node) => {
    const path: NodeId[] = [];
    let at = node;
    while (at !== NO_NODE && !copies.has(at)) {
      path.push(at);
      at = from.parentOf(at);
    }
    let copy = copies.get(at) ?? NO_NODE;
    for (let next = path.pop(); next !== undefined; next = path.pop()) {
      copy = to.child(copy, from.frameOf(next));
      copies.set(next, copy);
    }
    return copy;
  };
}
