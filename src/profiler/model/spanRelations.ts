import { NO_SPAN } from './units.ts';

/** Depth of the deepest span that the depth column can tell; deeper ones stay here. */
export const MAX_DEPTH = 0xffff;

/**
 * Cuts cycles out of a parent column: of each cycle the span at which it was noticed becomes a root.
 *
 * @param parent parent index by span, -1 for none; changed in place.
 * @returns how many spans lost their parent.
 */
export function breakCycles(parent: Int32Array): number {
  const UNSEEN = 0;
  const ON_PATH = 1;
  const DONE = 2;
  const state = new Uint8Array(parent.length);
  let cut = 0;
  for (let start = 0; start < parent.length; start += 1) {
    let at = start;
    while (at !== NO_SPAN && state[at] === UNSEEN) {
      state[at] = ON_PATH;
      const next = parent[at] ?? NO_SPAN;
      if (next !== NO_SPAN && state[next] === ON_PATH) {
        parent[at] = NO_SPAN;
        cut += 1;
        break;
      }
      at = next;
    }
    at = start;
    while (at !== NO_SPAN && state[at] === ON_PATH) {
      state[at] = DONE;
      at = parent[at] ?? NO_SPAN;
    }
  }
  return cut;
}

/** Ancestors of each span, at most MAX_DEPTH. `parent` must be free of cycles. Takes time linear in the spans. */
export function depthsOf(parent: Int32Array): Uint16Array {
  const depth = new Uint16Array(parent.length);
  const known = new Uint8Array(parent.length);
  const path: number[] = [];
  for (let start = 0; start < parent.length; start += 1) {
    let at = start;
    while (at !== NO_SPAN && known[at] === 0) {
      path.push(at);
      at = parent[at] ?? NO_SPAN;
    }
    let below = at === NO_SPAN ? -1 : (depth[at] ?? 0);
    for (let span = path.pop(); span !== undefined; span = path.pop()) {
      below = Math.min(below + 1, MAX_DEPTH);
      depth[span] = below;
      known[span] = 1;
    }
  }
  return depth;
}

/**
 * Self time of each span: its duration minus the union of its children's intervals clipped to it. Children overlap, so
 * their sum would be wrong.
 *
 * All columns are ordered by start.
 */
export function selfTimes(
  startNs: Float64Array,
  durationNs: Float64Array,
  parent: Int32Array,
): Float64Array {
  const selfNs = durationNs.slice();
  const coveredUntil = startNs.slice();
  for (let child = 0; child < startNs.length; child += 1) {
    const owner = parent[child] ?? NO_SPAN;
    if (owner === NO_SPAN) continue;
    const childStart = startNs[child] ?? 0;
    const ownerEnd = (startNs[owner] ?? 0) + (durationNs[owner] ?? 0);
    const from = Math.max(childStart, coveredUntil[owner] ?? 0);
    const to = Math.min(childStart + (durationNs[child] ?? 0), ownerEnd);
    if (to > from) {
      selfNs[owner] = Math.max(0, (selfNs[owner] ?? 0) - (to - from));
      coveredUntil[owner] = to;
    }
  }
  return selfNs;
}
