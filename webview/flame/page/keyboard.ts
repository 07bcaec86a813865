import { isDialogOpen } from '../../shared/dialog.ts';
import { actionOf, type ChartAction } from './keyMap.ts';

/** Keys that scroll or walk in whatever has the focus. */
const LOCAL_KEYS = /^(?:Arrow|Page|Home$|End$)/u;

/** Hears the keys of the whole page; fields, lists and dialogs keep those that are theirs. */
export function listenToKeys(chart: HTMLElement, act: (action: ChartAction) => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || isDialogOpen()) return;
    const { target } = event;
    const action = actionOf({
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      shift: event.shiftKey,
    });
    if (action === null || belongsTo(target, event, chart)) return;
    event.preventDefault();
    act(action);
  });
}

function belongsTo(target: EventTarget | null, event: KeyboardEvent, chart: HTMLElement): boolean {
  if (!(target instanceof HTMLElement) || target === chart || target === document.body) {
    return false;
  }
  const types = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (types) return event.key !== 'Escape' && !event.ctrlKey && !event.metaKey;
  if (event.key === 'Enter' || event.key === ' ') return true;
  return LOCAL_KEYS.test(event.key) && !event.altKey;
}
