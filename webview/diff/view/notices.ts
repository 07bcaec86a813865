import { el } from '../../shared/dom.ts';
import type { Side } from '../model/diffResult.ts';

/** Two different runs that differ in nothing. */
export function sameNotice(): HTMLElement {
  return el(
    'p',
    { class: 'diff-notice', role: 'note' },
    'No difference: both runs did the same in the same time, and counted the same.',
  );
}

/** A live run of which there is more by now than was compared. */
export function grownNotice(side: Side, again: () => void): HTMLElement {
  return el(
    'p',
    { class: 'diff-notice diff-grown', role: 'status' },
    `${side.toUpperCase()} has grown since it was compared. `,
    el('button', { type: 'button', class: 'link-button', on: { click: again } }, 'Compare Again'),
  );
}
