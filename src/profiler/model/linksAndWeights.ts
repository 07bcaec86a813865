import type { LinkColumns, RunWeights } from './columns.ts';
import type { SpanHandle } from './spanStore.ts';
import { NO_SPAN } from './units.ts';

/** Links by handle as links by index. */
export function finishLinks(
  links: readonly (readonly [SpanHandle, SpanHandle])[],
  indexOf: Int32Array,
): LinkColumns {
  return {
    from: Uint32Array.from(links, ([from]) => indexOf[from] ?? 0),
    to: Uint32Array.from(links, ([, to]) => indexOf[to] ?? 0),
  };
}

/**
 * Own weights by handle as weight columns, total = own + the children's totals; null where there is no unit.
 *
 * @param parent in a run without time all spans start at 0, so the order is by depth: parents before children.
 */
export function finishWeights(
  unit: string | null,
  selfWeights: ReadonlyMap<SpanHandle, number>,
  parent: Int32Array,
  indexOf: Int32Array,
): RunWeights | null {
  if (unit === null) return null;
  const self = new Float64Array(parent.length);
  for (const [handle, weight] of selfWeights) self[indexOf[handle] ?? 0] = weight;
  const total = self.slice();
  for (let span = parent.length - 1; span >= 0; span -= 1) {
    const owner = parent[span] ?? NO_SPAN;
    if (owner !== NO_SPAN) total[owner] = (total[owner] ?? 0) + (total[span] ?? 0);
  }
  return { unit, total, self };
}
