import { PbfReader } from 'pbf';
import type { Attributes } from '../../model/attributes.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import { NO_SPAN } from '../../model/units.ts';
import type { ByteSource, ImportRun, ImportTarget, Importer, InputHead } from '../importer.ts';
import { NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import { contentionMeaning } from './contention.ts';
import { ProfileFrames } from './profileFrames.ts';
import type { ProfileTables } from './profileTables.ts';
import { eachField, readNumbers } from './protoFields.ts';
import { readProfile } from './readProfile.ts';
import { type Sample, eachSample } from './readSamples.ts';
import { NodeLabels, SampleThreads } from './sampleLabels.ts';
import { type ChosenType, chooseSampleType, sampleTypeNames } from './sampleType.ts';

/** pprof profiles, gzipped or not: CPU, heap, contention and whatever else has the format. A run without time order. */
export const pprofImporter: Importer = { format: 'pprof', title: 'pprof', detect, read };

const LENGTH_DELIMITED = new Set([1, 2, 3, 4, 5, 6, 11]);
const VARINTS = new Set([7, 8, 9, 10, 12, 14, 15]);

function detect(head: InputHead): number {
  const pbf = new PbfReader(head.bytes);
  const seen = { types: 0, others: 0, wrong: false };
  try {
    eachField(pbf, head.bytes.length, (field, end) => {
      const fits = end >= 0 ? LENGTH_DELIMITED.has(field) || field >= 13 : VARINTS.has(field);
      if (!fits || field > 16) seen.wrong = true;
      else if (field === 1) {
        if (isValueType(pbf, end)) seen.types += 1;
        else seen.wrong = true;
      } else seen.others += 1;
    });
  } catch {
    // Cut off by the end of the head, or damaged further on.
  }
  if (seen.wrong || seen.types === 0) return 0;
  return seen.others > 0 ? 0.9 : 0.4;
}

function isValueType(pbf: PbfReader, end: number): boolean {
  let fits = pbf.pos < end;
  eachField(pbf, end, (field, valueEnd) => {
    if (valueEnd >= 0 || field > 2) fits = false;
    else readNumbers(pbf, -1, (id) => (fits &&= id >= 0 && id < 1e6));
  });
  return fits;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const bytes = await source.bytes();
  const rejections = new LateRejections();
  const tables = readProfile(bytes, rejections.reject);
  const wanted = target.options.sampleType;
  const type = chooseSampleType(tables, wanted) ?? chooseSampleType(tables, undefined);
  if (type === null) {
    throw new ProfilerError('import.unreadable', `${source.name} names no sample type.`);
  }
  const { timeNanos } = tables;
  const run = target.begin({
    epochNs: Number.isFinite(timeNanos) && timeNanos > 0 ? BigInt(Math.round(timeNanos)) : null,
    weightUnit: type.unit,
  });
  rejections.handOver(run);
  if (wanted !== undefined && chooseSampleType(tables, wanted) === null) {
    const known = sampleTypeNames(tables).join(', ');
    run.reject(null, `there is no sample type ${wanted}; the file has ${known}`);
  }
  new ProfileImport(bytes, tables, type, run).run();
}

class ProfileImport {
  readonly #bytes: Uint8Array;
  readonly #tables: ProfileTables;
  readonly #type: ChosenType;
  readonly #run: ImportRun;
  readonly #frames: ProfileFrames;
  readonly #leafWeights = new Map<string, number>();
  readonly #threads = new Map<string, { weights: WeightTree; labels: NodeLabels }>();

  constructor(bytes: Uint8Array, tables: ProfileTables, type: ChosenType, run: ImportRun) {
    this.#bytes = bytes;
    this.#tables = tables;
    this.#type = type;
    this.#run = run;
    this.#frames = new ProfileFrames(tables, run.builder);
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
      of = { weights: new WeightTree(), labels: new NodeLabels(strings) };
      this.#threads.set(thread, of);
    }
    const node = this.#nodeOf(of.weights, sample.locations, weight);
    if (!of.weights.add(node, weight)) {
      this.#run.reject(sample.offset, 'the sample has no stack, or too many are in the profile');
      return;
    }
    of.labels.add(node, sample.labels);
    const leaf = this.#frames.nameOf(of.weights.tree.frameOf(node));
    this.#leafWeights.set(leaf, (this.#leafWeights.get(leaf) ?? 0) + weight);
  }

  #nodeOf(weights: WeightTree, locations: readonly number[], weight: number): NodeId {
    const { tree } = weights;
    const tables = this.#tables;
    let node: NodeId = NO_NODE;
    for (let i = locations.length - 1; i >= 0; i -= 1) {
      const row = tables.locations.get(locations[i] ?? 0);
      const [from, to] = row === undefined ? [0, 0] : tables.linesOf(row);
      if (from === to) {
        const frame = row === undefined ? this.#frames.ofFunction(-1) : this.#frames.ofAddress(row);
        node = tree.child(node, frame);
      }
      for (let line = to - 1; line >= from; line -= 1) {
        node = tree.child(node, this.#frames.ofFunction(tables.lineFunction.get(line)));
        if (node === NO_NODE) return NO_NODE;
        this.#frames.vote(tree, node, tables.lineNumber.get(line), weight);
      }
      if (node === NO_NODE) return NO_NODE;
    }
    return node;
  }

  #emit(): void {
    const attributes = this.#rootAttributes();
    for (const [thread, { weights, labels }] of this.#threads) {
      const { tree } = weights;
      const first = weights.emit(
        this.#run,
        this.#run.track(thread, 'thread'),
        (node) => this.#frames.nameOf(tree.frameOf(node)),
        (node) => this.#frames.sourceOf(tree, node),
      );
      labels.emit(this.#run.builder, first);
      for (let node = 0; node < tree.size; node += 1) {
        if (tree.parentOf(node) === NO_SPAN) {
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
      'pprof.meaning': contention ? (contentionMeaning(this.#leafWeights) ?? undefined) : undefined,
    };
  }
}
