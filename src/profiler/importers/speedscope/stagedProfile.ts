import { GrowingColumn } from '../../model/growingColumn.ts';
import type { ImportRun } from '../importer.ts';
import { isPossibleTime } from '../timeLimit.ts';
import { CallTree, NO_NODE, type NodeId } from '../stacks/callTree.ts';

const NS_PER_UNIT = new Map([
  ['nanoseconds', 1],
  ['microseconds', 1e3],
  ['milliseconds', 1e6],
  ['seconds', 1e9],
]);

/** Kinds of events, as they stand in the column. */
export const OPEN = 0;
export const CLOSE = 1;

/** Values within this are times in any unit. */
const FAR = 1e12;
const MAX_PLACES = 1000;

/** One profile of a speedscope file, as columns: the file may tell what its numbers mean only at its end. */
export class StagedProfile {
  name = '';
  type = '';
  unit = '';
  startValue = Number.NaN;
  endValue = Number.NaN;
  /** Stacks of the samples; frames are the file's own indexes. */
  readonly tree = new CallTree();
  /** 1 + the node that each sample ends with; 0 for an empty stack. */
  readonly samples = new GrowingColumn((n) => new Uint32Array(n));
  readonly weights = new GrowingColumn((n) => new Float64Array(n));
  readonly eventKind = new GrowingColumn((n) => new Uint8Array(n));
  readonly eventAt = new GrowingColumn((n) => new Float64Array(n));
  readonly eventFrame = new GrowingColumn((n) => new Uint32Array(n));
  /** Frame indexes that cannot be. */
  badFrames = 0;
  /** Byte offsets of events and weights that are far, by their index: the unit, which judges them, may come last. */
  readonly #eventPlaces = new Map<number, number>();
  readonly #weightPlaces = new Map<number, number>();

  /** Nanoseconds that one of its units has, or null where it measures no time. */
  get nsPerUnit(): number | null {
    return NS_PER_UNIT.get(this.unit) ?? null;
  }

  /** Whether it has events, whatever it says that it has. */
  get isEvented(): boolean {
    return this.eventAt.length > 0 || this.type === 'evented';
  }

  get isEmpty(): boolean {
    return this.eventAt.length === 0 && this.samples.length === 0;
  }

  /** Adds a sample, its frames from the root on. */
  addSample(frames: readonly number[]): void {
    let node: NodeId = NO_NODE;
    for (const frame of frames) {
      if (!isFrame(frame)) {
        this.badFrames += 1;
        continue;
      }
      const child = this.tree.child(node, frame);
      if (child === NO_NODE) break;
      node = child;
    }
    this.samples.push(node + 1);
  }

  addEvent(kind: number, at: number, frame: number, offset: number): void {
    if (!isFrame(frame) || Number.isNaN(at)) {
      this.badFrames += 1;
      return;
    }
    this.#note(this.#eventPlaces, this.eventAt.length, at, offset);
    this.eventKind.push(kind);
    this.eventAt.push(at);
    this.eventFrame.push(frame);
  }

  addWeight(weight: number, offset: number): void {
    this.#note(this.#weightPlaces, this.weights.length, weight, offset);
    this.weights.push(weight);
  }

  /** Forgets the times that cannot be, now that the unit is known; of weights 0 is left, as each is of a sample. */
  dropImpossible(reject: ImportRun['reject']): void {
    const nsPerUnit = this.nsPerUnit ?? 1;
    if (!isPossibleTime(this.startValue, nsPerUnit)) this.startValue = Number.NaN;
    if (!isPossibleTime(this.endValue, nsPerUnit)) this.endValue = Number.NaN;
    let kept = 0;
    for (let i = 0; i < this.eventAt.length; i += 1) {
      const at = this.eventAt.get(i);
      if (!isPossibleTime(at, nsPerUnit)) {
        reject(this.#eventPlaces.get(i) ?? null, `an event at ${at}, which is no time`);
        continue;
      }
      this.eventKind.set(kept, this.eventKind.get(i));
      this.eventAt.set(kept, at);
      this.eventFrame.set(kept, this.eventFrame.get(i));
      kept += 1;
    }
    for (const column of [this.eventKind, this.eventAt, this.eventFrame]) column.truncate(kept);
    for (let i = 0; i < this.weights.length; i += 1) {
      const weight = this.weights.get(i);
      if (Number.isNaN(weight) || isPossibleTime(weight, nsPerUnit)) continue;
      reject(this.#weightPlaces.get(i) ?? null, `a weight of ${weight}, which is none`);
      this.weights.set(i, 0);
    }
  }

  #note(places: Map<number, number>, index: number, value: number, offset: number): void {
    const { nsPerUnit } = this;
    const isFar =
      nsPerUnit === null ? !(Math.abs(value) <= FAR) : !isPossibleTime(value, nsPerUnit);
    if (isFar && places.size < MAX_PLACES) places.set(index, offset);
  }
}

function isFrame(frame: number): boolean {
  return Number.isInteger(frame) && frame >= 0 && frame < 0xffffffff;
}
