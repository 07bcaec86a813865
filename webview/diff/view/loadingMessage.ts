import { el } from '../../shared/dom.ts';
import { icon } from '../../shared/icons.ts';

/** What stands there while two runs are opened, with a way to stop that. */
export function loadingMessage(
  title: string,
  cancel: () => void,
): {
  readonly element: HTMLElement;
  readonly tell: (fraction: number | null, text: string) => void;
} {
  const bar = el('div', {});
  const progress = el(
    'div',
    { class: 'progress endless', role: 'progressbar', 'aria-label': title },
    bar,
  );
  const text = el('p', { 'aria-live': 'polite' });
  const element = el(
    'div',
    { class: 'state-message' },
    icon('git-compare'),
    el('h2', {}, title),
    progress,
    text,
    el(
      'div',
      { class: 'state-actions' },
      el('button', { type: 'button', class: 'button secondary', on: { click: cancel } }, 'Cancel'),
    ),
  );
  return {
    element,
    tell: (fraction, what) => {
      text.textContent = what;
      progress.classList.toggle('endless', fraction === null);
      if (fraction === null) {
        progress.removeAttribute('aria-valuenow');
        bar.style.transform = '';
        return;
      }
      progress.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
      bar.style.transform = `scaleX(${fraction})`;
    },
  };
}
