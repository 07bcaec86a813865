import type { PanelContent } from '../../protocol/panelMessages.ts';

/** What VS Code knows a kind of panel by; also the names of its page and of its icon. */
export interface PanelKind {
  readonly viewType: string;
  readonly page: string;
  readonly title: string;
}

export const PANEL_KINDS: Readonly<Record<PanelContent['panel'], PanelKind>> = {
  flame: { viewType: 'earshot.flame', page: 'flame', title: 'Flame Chart' },
  dashboard: { viewType: 'earshot.dashboard', page: 'dashboard', title: 'Earshot Dashboard' },
  diff: { viewType: 'earshot.diff', page: 'diff', title: 'Compare Runs' },
};

/** The read-only editor of profile and trace files, which shows the flame chart's page. */
export const PROFILE_EDITOR = 'earshot.profile';
