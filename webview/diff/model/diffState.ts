import { z } from 'zod';
import { ChartSource } from '../../../src/protocol/chart.ts';

/** How the two runs are drawn over one another. */
export const DiffLayout = z.enum(['pairs', 'ghost', 'after', 'split']);
export type DiffLayout = z.infer<typeof DiffLayout>;

/** Which spans stand out; the rest is paler. */
export const DiffFilter = z.enum(['all', 'only']);
export type DiffFilter = z.infer<typeof DiffFilter>;

const SpanNumber = z.number().int().min(0);

/** What the page shows of a diff: it survives hiding, reloading and restarting. */
export const DiffState = z.object({
  a: ChartSource,
  b: ChartSource,
  layout: DiffLayout,
  tintBy: z.enum(['self', 'total']),
  filter: DiffFilter,
  grouping: z.enum(['stage', 'name']),
  tab: z.enum(['waterfall', 'changes', 'only', 'counters']),
  waterfallAs: z.enum(['picture', 'table']),
  /** The pair that the axis is aligned by, as moments of either run; null: by their starts. */
  anchor: z.object({ aNs: z.number(), bNs: z.number() }).nullable(),
  view: z.object({ fromNs: z.number(), toNs: z.number(), scrollTop: z.number() }).nullable(),
  /** The pair that is chosen: places of spans in either run, or nodes where stacks are merged. */
  selected: z.object({ a: SpanNumber.nullable(), b: SpanNumber.nullable() }).nullable(),
  collapsed: z.array(z.number().int().min(0)).max(10_000),
  /** Share of the page's height that the chart has. */
  chartShare: z.number().min(0.1).max(0.9),
});
export type DiffState = z.infer<typeof DiffState>;

/** A diff as it is shown at first. */
export function firstState(a: ChartSource, b: ChartSource): DiffState {
  return {
    a,
    b,
    layout: 'pairs',
    tintBy: 'self',
    filter: 'all',
    grouping: 'stage',
    tab: 'waterfall',
    waterfallAs: 'picture',
    anchor: null,
    view: null,
    selected: null,
    collapsed: [],
    chartShare: 0.55,
  };
}

/** The same view with the runs in each other's place; what was chosen in time or by span does not carry over. */
export function swapped(state: DiffState): DiffState {
  const { a, b, anchor, selected } = state;
  return {
    ...state,
    a: b,
    b: a,
    anchor: anchor && { aNs: anchor.bNs, bNs: anchor.aNs },
    selected: selected && { a: selected.b, b: selected.a },
    collapsed: [],
  };
}
