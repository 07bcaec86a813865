import type { Attributes } from '../../model/attributes.ts';
import type { ImportRun } from '../importer.ts';
import { NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import { contentionMeaning } from './contention.ts';
import { LineVotes } from './lineVotes.ts';
import { ProfileFrames } from './profileFrames.ts';
import type { ProfileTables } from './profileTables.ts';
import { type Sample, eachSample } from './readSamples.ts';
import { NodeLabels, SampleThreads } from './sampleLabels.ts';
import { type ChosenType, sampleTypeNames } from './sampleType.ts';

/** What the samples of one thread, or of a profile without threads, sum to. */
interface ThreadStacks {
  readonly weights: WeightTree;
  readonly lines: LineVotes;
  readonly labels: NodeLabels;
}

/** Adds the samples of a profile to a run without time order. */
export class ProfileImport {
  readonly #bytes: Uint8Array;
  readonly #tables: ProfileTables;
  readonly #type: ChosenType;
  readonly #run: ImportRun;
  readonly #frames: ProfileFrames;
  /** The frame of each line of the locations. */
  readonly #frameOfLine: Uint32Array;
  readonly #threads = new Map<string, ThreadStacks>();

  constructor(bytes: Uint8Array, tables: ProfileTables, type: ChosenType, run: ImportRun) {
    this.#bytes = bytes;
    this.#tables = tables;
    this.#type = type;
    this.#run = run;
    this.#frames = new ProfileFrames(tables, run.builder);
    this.#frameOfLine = Uint32Array.from({ length: tables.lineFunction.length }, (_, line) =>
      this.#frames.ofFunction(tables.lineFunction.get(line)),
    );
  }

  run(): void {
    const { strings } = this.#tables;
    const threads = new SampleThreads(strings);
    let withTimes = 0;
    eachSample(
      this.#bytes,
      this.#tables,
      (sample) => {
        if (sample.hasTimes) withTimes += 1;
        this.#add(sample, threads.nameOf(sample.labels));
      },
      (offset, reason) => this.#run.reject(offset, reason),
    );
    if (withTimes > 0) {
      this.#run.reject(null, `the time stamps of ${withTimes} samples are not read`);
    }
    this.#emit();
  }

  #add(sample: Sample, thread: string): void {
    const value = sample.values[this.#type.index];
    if (value === undefined) {
      this.#run.reject(sample.offset, `the sample has no value for ${this.#type.name}`);
      return;
    }
    const weight = value * this.#type.factor;
    // pprof drops what did not happen as well: Go's heap profiles hold stacks whose memory is long free.
    if (weight === 0) return;
    let of = this.#threads.get(thread);
    if (of === undefined) {
      const { strings } = this.#tables;
      of = { weights: new WeightTree(), lines: new LineVotes(), labels: new NodeLabels(strings) };
      this.#threads.set(thread, of);
    }
    const node = this.#nodeOf(of, sample.locations, weight);
    if (!of.weights.add(node, weight)) {
      this.#run.reject(sample.offset, 'the sample has no stack, or too many are in the profile');
      return;
    }
    of.labels.add(node, sample.labels);
  }

  #nodeOf({ weights, lines }: ThreadStacks, locations: readonly number[], weight: number): NodeId {
    const { tree } = weights;
    const tables = this.#tables;
    let node: NodeId = NO_NODE;
    for (let i = locations.length - 1; i >= 0; i -= 1) {
      const row = tables.locations.get(locations[i] ?? 0);
      const from = row === undefined ? 0 : tables.firstLineOf(row);
      const to = row === undefined ? 0 : tables.firstLineOf(row + 1);
      if (from === to) {
        const frame = row === undefined ? this.#frames.ofFunction(-1) : this.#frames.ofAddress(row);
        node = tree.child(node, frame);
      }
      for (let line = to - 1; line >= from; line -= 1) {
        node = tree.child(node, this.#frameOfLine[line] ?? 0);
        if (node !== NO_NODE) lines.add(node, tables.lineNumber.get(line), weight);
        else return NO_NODE;
      }
      if (node === NO_NODE) return NO_NODE;
    }
    return node;
  }

  #emit(): void {
    const attributes = this.#rootAttributes();
    for (const [thread, { weights, lines, labels }] of this.#threads) {
      const { tree } = weights;
      if (tree.size === 0) continue;
      const first = weights.emit(
        this.#run,
        this.#run.track(thread, 'thread'),
        (node) => this.#frames.nameOf(tree.frameOf(node)),
        (node) => this.#frames.sourceOf(tree.frameOf(node), lines.lineOf(node)),
      );
      labels.emit(this.#run.builder, first);
      for (let node = 0; node < tree.size; node += 1) {
        if (tree.parentOf(node) === NO_NODE) {
          this.#run.builder.setAttributes(first + node, attributes);
        }
      }
    }
  }

  #rootAttributes(): Attributes {
    const { strings, comments, durationNanos } = this.#tables;
    const contention = /^(?:contentions|delay)\//u.test(this.#type.name);
    return {
      'pprof.sample_type': this.#type.name,
      'pprof.sample_types': sampleTypeNames(this.#tables),
      'pprof.duration_ns': durationNanos > 0 ? durationNanos : undefined,
      'pprof.comments':
        comments.length > 0 ? comments.slice(0, 16).map((id) => strings.get(id)) : undefined,
      'pprof.meaning': contention
        ? (contentionMeaning(this.#ownWeights()) ?? undefined)
        : undefined,
    };
  }

  /** Own weight by function. */
  #ownWeights(): Map<string, number> {
    const own = new Map<string, number>();
    for (const { weights } of this.#threads.values()) {
      for (let node = 0; node < weights.tree.size; node += 1) {
        const name = this.#frames.nameOf(weights.tree.frameOf(node));
        own.set(name, (own.get(name) ?? 0) + weights.selfOf(node));
      }
    }
    return own;
  }
}
