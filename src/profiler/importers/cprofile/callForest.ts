import { NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import type { FunctionStats } from './readStats.ts';

/** A call forest made of statistics. Frames are positions in `functions`. */
export interface CallForest {
  readonly functions: readonly FunctionStats[];
  /** Own time in seconds. */
  readonly weights: WeightTree;
  /** Calls of each node. */
  readonly calls: ReadonlyMap<NodeId, number>;
  /** The node at which a function's callees hang. */
  readonly homes: ReadonlyMap<NodeId, FunctionStats>;
}

/** Stands for the place of a function that is being looked for. */
const SEARCHING = -2;

/** Seconds; times are whole microseconds or better. */
const ROUNDING = 1e-7;

/**
 * Makes a forest of a call graph, in which every figure is one that the profiler measured.
 *
 * cProfile knows who called whom, not in which context: of `a → shared → leaf` and `b → shared → leaf` it keeps how long
 * `shared` took by itself for `a` and for `b`, and how long `leaf` took in all. Other readers divide the time of `leaf`
 * in proportion, which invents it. Here a function that one other one calls is a child of that one. A function that
 * several call is a leaf below each of them, with the own time it took for that one; what it calls hangs below a root of
 * its own. So own times and calls sum to those of pstats, function by function, at the price that such a caller's total
 * does not include what the shared function called: its measured cumulative time is kept beside it.
 */
export function callForest(stats: ReadonlyMap<string, FunctionStats>): CallForest {
  const functions = [...stats.values()];
  const indexOf = new Map(functions.map(({ key }, index) => [key, index]));
  const weights = new WeightTree();
  const calls = new Map<NodeId, number>();
  const homes = new Map<NodeId, FunctionStats>();
  const callersOf = functions.map(({ key, callers }) =>
    Array.from(callers.keys(), (caller) => indexOf.get(caller) ?? NO_NODE).filter(
      (caller) => caller !== NO_NODE && caller !== indexOf.get(key),
    ),
  );
  const homeOf = homesByOnlyCaller(callersOf, weights);
  homeOf.forEach((home, index) => {
    const stats = functions[index];
    if (stats !== undefined && home !== NO_NODE) homes.set(home, stats);
  });
  const add = (node: NodeId, seconds: number, count: number): void => {
    weights.add(node, seconds);
    calls.set(node, (calls.get(node) ?? 0) + count);
  };
  functions.forEach((stats, index) => {
    let { ownSeconds } = stats;
    let count = stats.calls;
    let home = homeOf[index] ?? NO_NODE;
    if (home === NO_NODE || weights.tree.parentOf(home) === NO_NODE) {
      for (const caller of callersOf[index] ?? []) {
        const of = stats.callers.get(functions[caller]?.key ?? '');
        if (of === undefined || Number.isNaN(of.ownSeconds)) continue;
        const node = weights.tree.child(homeOf[caller] ?? NO_NODE, index);
        const share = Math.min(of.ownSeconds, ownSeconds);
        const countShare = Math.min(of.calls, count);
        add(node, share, countShare);
        ownSeconds -= share;
        count -= countShare;
        // The rounding of the parts, which makes no root.
        if (home === NO_NODE && count === 0 && ownSeconds < ROUNDING) home = node;
      }
    }
    if (home === NO_NODE) home = weights.tree.child(NO_NODE, index);
    // Recursive calls and calls from outside of the profile.
    add(home, ownSeconds, count);
  });
  return { functions, weights, calls, homes };
}

/**
 * The node of each function: below its only caller, or a root where it has none, several, or itself above it. NO_NODE
 * for one that several call and that calls nothing: it needs none beside those below its callers.
 */
function homesByOnlyCaller(callersOf: readonly number[][], weights: WeightTree): NodeId[] {
  const homes: NodeId[] = callersOf.map(() => NO_NODE);
  const isCaller = new Set(callersOf.flat());
  for (let start = 0; start < callersOf.length; start += 1) {
    if ((callersOf[start]?.length ?? 0) > 1 && !isCaller.has(start)) continue;
    const path: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && homes[at] === NO_NODE) {
      homes[at] = SEARCHING;
      path.push(at);
      const callers: number[] = callersOf[at] ?? [];
      at = callers.length === 1 ? callers[0] : undefined;
    }
    let above = at === undefined ? NO_NODE : (homes[at] ?? NO_NODE);
    // Functions that call one another in a circle, each the other's only caller.
    if (above === SEARCHING) above = NO_NODE;
    for (let index = path.pop(); index !== undefined; index = path.pop()) {
      above = weights.tree.child(above, index);
      homes[index] = above;
    }
  }
  return homes;
}
