import { GrowingColumn } from '../../model/growingColumn.ts';
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

  addEvent(kind: number, at: number, frame: number): void {
    if (!isFrame(frame) || !Number.isFinite(at)) {
      this.badFrames += 1;
      return;
    }
    this.eventKind.push(kind);
    this.eventAt.push(at);
    this.eventFrame.push(frame);
  }
}

function isFrame(frame: number): boolean {
  return Number.isInteger(frame) && frame >= 0 && frame < 0xffffffff;
}
