import type { ChartView } from '../../../src/protocol/chart.ts';
import type { ChartActions } from './chartActions.ts';
import type { ChartAction } from './keyMap.ts';

/** Who does what keys stand for. */
export interface KeyActionTarget {
  readonly actions: ChartActions;
  setView(view: ChartView): void;
  focusSearch(): void;
  stepHit(direction: 1 | -1): void;
  toggleTable(): void;
  toggleDetails(): void;
  toggleCritical(): void;
  openHelp(): void;
  openSource(): void;
  copy(): void;
  sandwichOfSelection(): void;
  unwind(): void;
}

/** What each action does. */
export const keyActions: Readonly<Record<ChartAction, (page: KeyActionTarget) => void>> = {
  'zoom-in': ({ actions }) => actions.zoom('in'),
  'zoom-out': ({ actions }) => actions.zoom('out'),
  'pan-left': ({ actions }) => actions.pan(-1, 0),
  'pan-right': ({ actions }) => actions.pan(1, 0),
  'arrow-left': ({ actions }) => actions.arrow('previous'),
  'arrow-right': ({ actions }) => actions.arrow('next'),
  'arrow-up': ({ actions }) => actions.arrow('parent'),
  'arrow-down': ({ actions }) => actions.arrow('child'),
  'page-up': ({ actions }) => actions.page(-1),
  'page-down': ({ actions }) => actions.page(1),
  'fit-all': ({ actions }) => actions.fitAll(),
  'focus-selection': ({ actions }) => actions.focusSelection(),
  'next-sibling': ({ actions }) => actions.walk('next'),
  'previous-sibling': ({ actions }) => actions.walk('previous'),
  'next-track': ({ actions }) => actions.stepTrack(1),
  'previous-track': ({ actions }) => actions.stepTrack(-1),
  'open-source': (page) => page.openSource(),
  search: (page) => page.focusSearch(),
  'next-hit': (page) => page.stepHit(1),
  'previous-hit': (page) => page.stepHit(-1),
  'view-time': (page) => page.setView('time'),
  'view-left-heavy': (page) => page.setView('left-heavy'),
  'view-sandwich': (page) => page.setView('sandwich'),
  'mark-area': ({ actions }) => actions.markArea(),
  'area-shrink': ({ actions }) => actions.stretchArea(-1),
  'area-grow': ({ actions }) => actions.stretchArea(1),
  'area-fewer-tracks': ({ actions }) => actions.spreadArea(-1),
  'area-more-tracks': ({ actions }) => actions.spreadArea(1),
  'collapse-track': ({ actions }) => actions.toggleCollapsed(),
  'pin-track': ({ actions }) => actions.togglePinned(),
  'track-up': ({ actions }) => actions.moveTrack(-1),
  'track-down': ({ actions }) => actions.moveTrack(1),
  'critical-path': (page) => page.toggleCritical(),
  table: (page) => page.toggleTable(),
  details: (page) => page.toggleDetails(),
  copy: (page) => page.copy(),
  'sandwich-of-selection': (page) => page.sandwichOfSelection(),
  help: (page) => page.openHelp(),
  unwind: (page) => page.unwind(),
};
