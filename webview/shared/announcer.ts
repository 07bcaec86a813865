import { el } from './dom.ts';

/** A live region that is read out and not seen. */
export class Announcer {
  readonly element = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    this.element.textContent = text;
  }
}
