import { actionOf, type ChartAction } from '../flame/page/keyMap.ts';
import type { Direction } from '../flame/model/neighbours.ts';
import { isDialogOpen } from '../shared/dialog.ts';
import type { DiffLayout } from './model/diffState.ts';

/** What keys do in the diff. */
export interface KeyTargets {
  zoom(direction: 'in' | 'out'): void;
  /** By shares of what is visible: to the right, and down. */
  pan(right: number, down: number): void;
  fitAll(): void;
  fitPair(): void;
  /** From the chosen span to another; without one the view moves by the arrow. */
  walk(direction: Direction, isArrow: boolean): void;
  partner(): void;
  openSource(): void;
  collapse(): void;
  layout(layout: DiffLayout): void;
  swap(): void;
  align(): void;
  only(): void;
  step(by: 1 | -1): void;
  table(): void;
  copy(): void;
  help(): void;
  unwind(): void;
}

const PAGE_ROWS = 12;

/** Does what a key of the chart asks for. @returns whether it was one */
export function handleKey(event: KeyboardEvent, to: KeyTargets): boolean {
  if (isDialogOpen()) return false;
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (!ctrlKey && !metaKey && !altKey && ownKey(key, shiftKey, to)) return true;
  const stroke = { key, ctrl: ctrlKey || metaKey, alt: altKey, shift: shiftKey };
  const action = actionOf(stroke);
  const run = action === null ? undefined : SHARED[action];
  run?.(to);
  return run !== undefined;
}

const LAYOUT_KEYS: Readonly<Record<string, DiffLayout>> = {
  '1': 'pairs',
  '2': 'ghost',
  '3': 'after',
  '4': 'split',
};

function ownKey(key: string, shift: boolean, to: KeyTargets): boolean {
  const layout = LAYOUT_KEYS[key];
  if (layout !== undefined) to.layout(layout);
  else {
    switch (key.toLowerCase()) {
      case 'x':
        to.swap();
        break;
      case 'g':
        to.align();
        break;
      case 'o':
        to.only();
        break;
      case 'e':
        to.partner();
        break;
      case 'n':
        to.step(shift ? -1 : 1);
        break;
      case 't':
        to.table();
        break;
      default:
        return false;
    }
  }
  return true;
}

/** What keys of every chart do here. */
const SHARED: Partial<Record<ChartAction, (to: KeyTargets) => void>> = {
  'zoom-in': (to) => to.zoom('in'),
  'zoom-out': (to) => to.zoom('out'),
  'pan-left': (to) => to.pan(-1, 0),
  'pan-right': (to) => to.pan(1, 0),
  'arrow-left': (to) => to.walk('previous', true),
  'arrow-right': (to) => to.walk('next', true),
  'arrow-up': (to) => to.walk('parent', true),
  'arrow-down': (to) => to.walk('child', true),
  'next-sibling': (to) => to.walk('next', false),
  'previous-sibling': (to) => to.walk('previous', false),
  'next-track': (to) => to.walk('nextTrack', false),
  'previous-track': (to) => to.walk('previousTrack', false),
  'page-up': (to) => to.pan(0, -PAGE_ROWS),
  'page-down': (to) => to.pan(0, PAGE_ROWS),
  'fit-all': (to) => to.fitAll(),
  'focus-selection': (to) => to.fitPair(),
  'open-source': (to) => to.openSource(),
  'collapse-track': (to) => to.collapse(),
  copy: (to) => to.copy(),
  help: (to) => to.help(),
  unwind: (to) => to.unwind(),
};

/** Keys of every chart that mean the same here. */
export function isShared(action: ChartAction): boolean {
  return action in SHARED;
}
