import type { TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';
import { type CallTree, NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { FrameTable } from '../stacks/frameTable.ts';
import { StackTimeline } from '../stacks/stackTimeline.ts';
import type { V8Profile } from './v8Profile.ts';
import { type V8Tree, v8Tree } from './v8Tree.ts';

const NS_PER_US = 1e3;

/** What of a profile was not as it should be. */
export interface V8Damage {
  /** Samples before their predecessor, which count as at its time. */
  readonly negativeDeltas: number;
  /** Samples of nodes that are not there; nothing is known to run then. */
  readonly unknownNodes: number;
  /** Nodes in cycles, with a parent that is not there, or with an id that another one has. */
  readonly misplacedNodes: number;
  /** Samples that were left out because of MAX_SAMPLED_SPANS. */
  readonly skippedSamples: number;
}

/**
 * Adds the samples of a V8 profile to a track as spans, in the way of Chrome DevTools: a sample lasts to the next one,
 * `(root)` is no frame, `(idle)` and `(program)` are frames of their own, the garbage collector lies on the stack that
 * it interrupted, and one lone `(program)` between two stacks of one task goes on with the first of them.
 *
 * @param zeroUs microseconds on the profile's clock at which the run's time is 0.
 */
export function addV8Profile(
  run: ImportRun,
  track: TrackId,
  profile: V8Profile,
  zeroUs: number,
): V8Damage {
  const frames = new FrameTable(run.builder);
  const v8 = v8Tree(profile, frames);
  const timeline = new StackTimeline(run, track, v8.tree, frames);
  const samples = bridgedSamples(profile.samples, v8);
  const count = Math.min(samples.length, profile.timeDeltas.length);
  let us = profile.startTime - zeroUs;
  let latest = -Infinity;
  let negativeDeltas = 0;
  let unknownNodes = 0;
  let stack: NodeId = NO_NODE;
  let first = 0;
  for (let i = 0; i < count; i += 1) {
    const delta = profile.timeDeltas[i] ?? 0;
    if (Number.isFinite(delta)) us += delta;
    if (!(delta >= 0)) negativeDeltas += 1;
    latest = Math.max(latest, us);
    if (i === 0) first = latest;
    const id = samples[i] ?? 0;
    const kind = v8.system.get(id);
    const node = v8.nodes.get(id);
    if (kind === 'gc') {
      timeline.sample(latest * NS_PER_US, v8.tree.child(stack, v8.gcFrame));
      continue;
    }
    if (node === undefined && kind !== 'root') unknownNodes += 1;
    stack = node ?? NO_NODE;
    timeline.sample(latest * NS_PER_US, stack);
  }
  if (count > 0) timeline.finish(endOf(profile, first, latest, count, zeroUs) * NS_PER_US);
  return {
    negativeDeltas,
    unknownNodes,
    misplacedNodes: v8.misplaced,
    skippedSamples: timeline.skippedSamples,
  };
}

/** When the last sample ends: with the profile, or, where that is not known, after an average one. */
function endOf(
  profile: V8Profile,
  first: number,
  latest: number,
  count: number,
  zeroUs: number,
): number {
  const end = profile.endTime - zeroUs;
  return end >= latest ? end : latest + (count > 1 ? (latest - first) / (count - 1) : 0);
}

/**
 * The samples, with a lone `(program)` between two stacks that begin with the same frame replaced by the one before:
 * there V8 could not walk the stack.
 */
function bridgedSamples(samples: ArrayLike<number>, v8: V8Tree): ArrayLike<number> {
  const bridged = Array.from(samples);
  const isStack = (id: number): boolean => v8.nodes.has(id) && !v8.system.has(id);
  const bottoms = bottomsOf(v8.tree);
  const bottomOf = (id: number): NodeId => bottoms[v8.nodes.get(id) ?? 0] ?? NO_NODE;
  for (let i = 1; i + 1 < samples.length; i += 1) {
    const before = samples[i - 1] ?? 0;
    const after = samples[i + 1] ?? 0;
    if (v8.system.get(samples[i] ?? 0) !== 'program') continue;
    if (isStack(before) && isStack(after) && bottomOf(before) === bottomOf(after)) {
      bridged[i] = before;
    }
  }
  return bridged;
}

/** The root of each node. */
function bottomsOf(tree: CallTree): Int32Array {
  const bottoms = new Int32Array(tree.size);
  for (let node = 0; node < tree.size; node += 1) {
    const parent = tree.parentOf(node);
    bottoms[node] = parent === NO_NODE ? node : (bottoms[parent] ?? node);
  }
  return bottoms;
}
