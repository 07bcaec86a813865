import { z } from 'zod';
import { ChartSource } from '../../protocol/chart.ts';
import { PanelContent } from '../../protocol/panelMessages.ts';
import { PANEL_KINDS } from './panelKinds.ts';

const Flame = z.object({ source: ChartSource });
const Diff = z.object({ a: ChartSource, b: ChartSource });
const Whole = z.object({ content: PanelContent });

/**
 * What a panel showed, by what its page kept of itself over a restart: the content, or a state of the page's own that
 * names its sources, from which the page finds its way back. Undefined where that is not to be known any more.
 */
export function keptContent(viewType: string, state: unknown): PanelContent | undefined {
  const content = wholeContent(state) ?? contentOfState(viewType, state);
  if (content === undefined || PANEL_KINDS[content.panel].viewType !== viewType) return undefined;
  return content;
}

function wholeContent(state: unknown): PanelContent | undefined {
  const alone = PanelContent.safeParse(state);
  if (alone.success) return alone.data;
  return Whole.safeParse(state).data?.content;
}

function contentOfState(viewType: string, state: unknown): PanelContent | undefined {
  switch (viewType) {
    case PANEL_KINDS.flame.viewType: {
      const flame = Flame.safeParse(state);
      if (!flame.success) return undefined;
      return { panel: 'flame', source: flame.data.source, span: null, view: null };
    }
    case PANEL_KINDS.diff.viewType: {
      const diff = Diff.safeParse(state);
      return diff.success ? { panel: 'diff', ...diff.data } : undefined;
    }
    case PANEL_KINDS.dashboard.viewType:
      // Which series it showed is the page's to remember.
      return { panel: 'dashboard', series: null };
    default:
      return undefined;
  }
}
