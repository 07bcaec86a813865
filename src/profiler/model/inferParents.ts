import { NO_SPAN } from './units.ts';

/** In the parent column of the builder: the parent is the innermost span of the same track that contains this one. */
export const INFER_PARENT = -2;

/** The same, where of spans with equal times the one that was added last is the outermost. */
export const INFER_PARENT_CHILDREN_FIRST = -3;

/** How many spans that run at one time on a track are looked at for a parent; bounds the work on hostile input. */
const MAX_CANDIDATES = 4096;

interface Columns {
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
  readonly trackId: Uint32Array;
}

/**
 * Finds the parents of spans whose format states none: the innermost span of the same track that contains them.
 *
 * @param columns ordered by start, then by falling duration.
 * @param parent entries of INFER_PARENT and INFER_PARENT_CHILDREN_FIRST are replaced in place.
 */
export function inferParents(columns: Columns, parent: Int32Array): void {
  const running = new Map<number, number[]>();
  const endOf = (span: number): number =>
    (columns.startNs[span] ?? 0) + (columns.durationNs[span] ?? 0);
  for (let span = 0; span < parent.length; span += 1) {
    const trackId = columns.trackId[span] ?? 0;
    const stack = running.get(trackId) ?? [];
    running.set(trackId, stack);
    const start = columns.startNs[span] ?? 0;
    for (let top = stack.at(-1); top !== undefined && endOf(top) <= start; top = stack.at(-1)) {
      stack.pop();
    }
    if ((parent[span] ?? NO_SPAN) <= INFER_PARENT) {
      parent[span] = NO_SPAN;
      const lowest = Math.max(0, stack.length - MAX_CANDIDATES);
      for (let i = stack.length - 1; i >= lowest; i -= 1) {
        const candidate = stack[i] ?? NO_SPAN;
        if (endOf(candidate) > start && endOf(candidate) >= endOf(span)) {
          parent[span] = candidate;
          break;
        }
      }
    }
    stack.push(span);
  }
}
