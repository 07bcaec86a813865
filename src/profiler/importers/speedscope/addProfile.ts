import type { SpanHandle } from '../../model/spanStore.ts';
import { SPAN_STATUS } from '../../model/spanStatus.ts';
import { NO_SOURCE, type TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';
import { NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { type Frame, ANONYMOUS, sourceOfFrame } from '../stacks/frameTable.ts';
import { StackTimeline } from '../stacks/stackTimeline.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import { playEvents } from './eventStack.ts';
import { OPEN, type StagedProfile } from './stagedProfile.ts';

/** The frames of a file with the sources that they are in a run. */
export class FileFrames {
  readonly #frames: readonly Frame[];
  readonly #sources: Uint32Array;

  constructor(frames: readonly Frame[], run: ImportRun) {
    this.#frames = frames;
    this.#sources = Uint32Array.from(frames, (frame) => sourceOfFrame(run.builder, frame));
  }

  has(frame: number): boolean {
    return frame < this.#frames.length;
  }

  nameOf(frame: number): string {
    const name = this.#frames[frame]?.name ?? '(unknown)';
    return name === '' ? ANONYMOUS : name;
  }

  sourceOf(frame: number): number {
    return this.#sources[frame] ?? NO_SOURCE;
  }
}

type Reject = (reason: string) => void;

/** Adds an evented profile with a time axis; `zeroNs` on its clock is the run's time 0. */
export function addEvented(
  run: ImportRun,
  track: TrackId,
  profile: StagedProfile,
  frames: FileFrames,
  [zeroNs, nsPerUnit]: readonly [number, number],
  reject: Reject,
): void {
  const toNs = (value: number): number => value * nsPerUnit - zeroNs + run.offsetNs;
  const stack: SpanHandle[] = [];
  const startNs: number[] = [];
  const damage = play(profile, {
    opened(frame, at) {
      startNs.push(toNs(at));
      const handle = run.builder.openSpan({
        name: frames.nameOf(frame),
        startNs: toNs(at),
        track,
        parent: stack.at(-1) ?? null,
        source: frames.sourceOf(frame),
      });
      stack.push(handle);
      return handle;
    },
    closed(handle, at) {
      stack.pop();
      const duration = toNs(at) - (startNs.pop() ?? 0);
      run.builder.closeSpan(handle, Math.max(0, duration), SPAN_STATUS.unset);
    },
    advanced: () => undefined,
  });
  tellDamage(damage, reject);
}

/** Adds a sampled profile with a time axis from a time on; gives the time at which it ends. */
export function addSampled(
  run: ImportRun,
  track: TrackId,
  profile: StagedProfile,
  frames: FileFrames,
  [fromNs, nsPerUnit]: readonly [number, number],
  reject: Reject,
): number {
  const timeline = new StackTimeline(run, track, profile.tree, frames);
  let value = 0;
  let negative = 0;
  for (let i = 0; i < profile.samples.length; i += 1) {
    timeline.sample(fromNs + value * nsPerUnit, profile.samples.get(i) - 1);
    const weight = profile.weights.get(i);
    if (weight >= 0 && weight < Infinity && i < profile.weights.length) value += weight;
    else negative += 1;
  }
  const end = fromNs + value * nsPerUnit;
  timeline.finish(end);
  if (negative > 0) reject(`${negative} samples have no weight, or a negative one`);
  if (timeline.skippedSamples > 0) {
    reject(`${timeline.skippedSamples} samples are left out: too many spans`);
  }
  return end;
}

/** Adds a profile of bytes or counts to a run without time order. */
export function addWeighted(
  run: ImportRun,
  track: TrackId,
  profile: StagedProfile,
  frames: FileFrames,
  reject: Reject,
): void {
  const weights = new WeightTree(profile.isEvented ? undefined : profile.tree);
  if (profile.isEvented) {
    let node: NodeId = NO_NODE;
    const { tree } = weights;
    const damage = play(profile, {
      opened: (frame) => (node = tree.child(node, frame)),
      closed: (token) => (node = token < 0 ? NO_NODE : tree.parentOf(token)),
      advanced: (from, to) => void weights.add(node, to - from),
    });
    tellDamage(damage, reject);
  } else {
    addSampleWeights(profile, weights, reject);
  }
  weights.emit(
    run,
    track,
    (node) => frames.nameOf(weights.tree.frameOf(node)),
    (node) => frames.sourceOf(weights.tree.frameOf(node)),
  );
}

function addSampleWeights(profile: StagedProfile, weights: WeightTree, reject: Reject): void {
  let without = 0;
  for (let i = 0; i < profile.samples.length; i += 1) {
    const has = i < profile.weights.length;
    const node = profile.samples.get(i) - 1;
    if (node >= 0 && !(has && weights.add(node, profile.weights.get(i)))) without += 1;
  }
  if (without > 0) reject(`${without} samples have no weight`);
}

function play(
  profile: StagedProfile,
  handler: Parameters<typeof playEvents>[3],
): ReturnType<typeof playEvents> {
  return playEvents(
    profile.eventAt.length,
    (i) => ({
      open: profile.eventKind.get(i) === OPEN,
      at: profile.eventAt.get(i),
      frame: profile.eventFrame.get(i),
    }),
    profile.endValue,
    handler,
  );
}

function tellDamage(
  { outOfOrder, unopened, unclosed }: ReturnType<typeof playEvents>,
  reject: Reject,
): void {
  if (outOfOrder > 0) reject(`${outOfOrder} events lie before their predecessors`);
  if (unopened > 0) reject(`${unopened} ends of frames that are not open`);
  if (unclosed > 0) reject(`${unclosed} frames that are not closed`);
}
