import type { Attributes } from '../../model/attributes.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import type { NodeId } from '../stacks/callTree.ts';
import type { LazyStrings } from './profileTables.ts';
import type { SampleLabel } from './readSamples.ts';

/** Keys of labels that say which thread a sample is from; it gets a track of its own. */
const THREAD_KEYS = new Set([
  'thread',
  'thread name',
  'thread_name',
  'thread id',
  'thread_id',
  'tid',
]);

/** Most threads that get a track of their own. */
const MAX_THREADS = 4096;

/** Most values of a label that a node keeps. */
const MAX_VALUES = 16;

/** Name of the track of samples without a thread. */
export const STACKS_TRACK = 'stacks';

/** Finds the track of samples by their labels. */
export class SampleThreads {
  readonly #strings: LazyStrings;
  readonly #names = new Set<string>();

  constructor(strings: LazyStrings) {
    this.#strings = strings;
  }

  /** Name of the track of a sample with these labels. */
  nameOf(labels: readonly SampleLabel[]): string {
    let name = '';
    for (const label of labels) {
      if (!THREAD_KEYS.has(this.#strings.get(label.key))) continue;
      // A name says more than an id.
      if (label.text !== 0) name = this.#strings.get(label.text);
      else if (name === '') name = `thread ${label.number}`;
    }
    if (name === '') return STACKS_TRACK;
    if (!this.#names.has(name) && this.#names.size >= MAX_THREADS) return 'further threads';
    this.#names.add(name);
    return name;
  }
}

/** Gathers the labels of the samples that end in each node of one tree. */
export class NodeLabels {
  readonly #strings: LazyStrings;
  readonly #values = new Map<NodeId, Map<string, Set<string>>>();

  constructor(strings: LazyStrings) {
    this.#strings = strings;
  }

  add(node: NodeId, labels: readonly SampleLabel[]): void {
    for (const label of labels) {
      const key = this.#strings.get(label.key);
      if (key === '' || THREAD_KEYS.has(key)) continue;
      const ofNode = this.#values.get(node) ?? new Map<string, Set<string>>();
      this.#values.set(node, ofNode);
      const values = ofNode.get(key) ?? new Set<string>();
      if (values.size < MAX_VALUES && ofNode.size < MAX_VALUES) {
        ofNode.set(key, values.add(this.#textOf(label)));
      }
    }
  }

  /** Sets them as attributes `pprof.label.KEY`: the value, or all values where there are several. */
  emit(builder: RunBuilder, firstHandle: SpanHandle): void {
    for (const [node, labels] of this.#values) {
      const attributes: Record<string, Attributes[string]> = {};
      for (const [key, values] of labels) {
        const [first] = values;
        attributes[`pprof.label.${key}`] = values.size === 1 ? first : [...values];
      }
      builder.setAttributes(firstHandle + node, attributes);
    }
  }

  #textOf({ text, number, unit }: SampleLabel): string {
    if (text !== 0) return this.#strings.get(text);
    const unitName = this.#strings.get(unit);
    return unitName === '' ? String(number) : `${number} ${unitName}`;
  }
}
