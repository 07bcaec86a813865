import { z } from 'zod';
import { ChartSource, ChartView } from '../../../src/protocol/chart.ts';

const Ids = z.array(z.number().int().min(0)).max(100_000);
const Viewport = z.object({
  from: z.number(),
  to: z.number(),
  scrollTop: z.number(),
});
export type Viewport = z.infer<typeof Viewport>;

export const DETAILS_TABS = ['span', 'area', 'findings'] as const;

/** What of the page survives hiding, loading anew and a new start of VS Code. */
export const PageState = z.object({
  /** What it is the state of; that of another source is forgotten. */
  source: ChartSource,
  view: ChartView,
  /** Null: the whole run. */
  viewports: z.object({ time: Viewport.nullable(), 'left-heavy': Viewport.nullable() }),
  arrangement: z.object({ order: Ids, collapsed: Ids, pinned: Ids }),
  selected: z
    .object({ view: ChartView.exclude(['sandwich']), span: z.number().int().min(0) })
    .nullable(),
  area: z.object({ from: z.number(), to: z.number(), tracks: Ids.nullable() }).nullable(),
  search: z.string(),
  sandwich: z.number().int().min(0).nullable(),
  critical: z.boolean(),
  table: z.boolean(),
  details: z.object({
    open: z.boolean(),
    /** Of the panel at the right, and at the bottom; CSS pixels. */
    width: z.number(),
    height: z.number(),
    tab: z.enum(DETAILS_TABS),
  }),
});
export type PageState = z.infer<typeof PageState>;

/** The state of a source that is shown for the first time. */
export function firstState(source: ChartSource): PageState {
  return {
    source,
    view: 'time',
    viewports: { time: null, 'left-heavy': null },
    arrangement: { order: [], collapsed: [], pinned: [] },
    selected: null,
    area: null,
    search: '',
    sandwich: null,
    critical: false,
    table: false,
    details: { open: true, width: 360, height: 220, tab: 'span' },
  };
}

export function isSameSource(a: ChartSource, b: ChartSource): boolean {
  if (a.kind === 'run') return b.kind === 'run' && a.id === b.id;
  return b.kind === 'file' && a.path === b.path;
}

/** What Esc does next: one thing at a time, from the nearest to the farthest. */
export type Unwound = 'search' | 'table' | 'area' | 'selection' | 'zoom' | null;

/** @param zoomed whether less than the whole run is visible */
export function nextUnwound(
  { search, area, selected, table }: Pick<PageState, 'search' | 'area' | 'selected' | 'table'>,
  zoomed: boolean,
): Unwound {
  if (search !== '') return 'search';
  if (table) return 'table';
  if (area !== null) return 'area';
  if (selected !== null) return 'selection';
  return zoomed ? 'zoom' : null;
}

const END_SHARE = 0.002;

/** The viewport when a live run has grown: it follows the end where it was there, and the whole where it showed that. */
export function afterGrowth(viewport: Viewport, extentBefore: number, extent: number): Viewport {
  const slack = extentBefore * END_SHARE;
  if (viewport.to < extentBefore - slack) return viewport;
  if (viewport.from <= slack) return { ...viewport, from: 0, to: extent };
  const length = viewport.to - viewport.from;
  return { ...viewport, from: Math.max(0, extent - length), to: extent };
}
