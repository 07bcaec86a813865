import { el, setAttribute } from '../../shared/dom.ts';

let tabLists = 0;

/** A tab: its heading, and what stands under it. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly content: HTMLElement;
}

/** Panes of which one is in sight, with a row of tabs that arrow keys walk along. */
export class Tabs<Id extends string> {
  readonly element: HTMLElement;
  readonly #tabs: readonly Tab<Id>[];
  readonly #buttons = new Map<Id, HTMLButtonElement>();
  readonly #panes = new Map<Id, HTMLElement>();
  readonly #onShow: (id: Id) => void;

  /** @param onShow called when the person chose another tab */
  constructor(label: string, tabs: readonly Tab<Id>[], onShow: (id: Id) => void) {
    this.#tabs = tabs;
    this.#onShow = onShow;
    const prefix = `tabs-${++tabLists}`;
    const list = el('div', { class: 'tab-list', role: 'tablist', 'aria-label': label });
    this.element = el('div', { class: 'tabs' }, list);
    for (const { id, title, content } of tabs) {
      const button = el(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `${prefix}-tab-${id}`,
          'aria-controls': `${prefix}-pane-${id}`,
          on: { click: () => this.#choose(id), keydown: (event) => this.#key(event, id) },
        },
        title,
      );
      const pane = el(
        'div',
        {
          class: 'tab-pane',
          role: 'tabpanel',
          id: `${prefix}-pane-${id}`,
          'aria-labelledby': `${prefix}-tab-${id}`,
        },
        content,
      );
      this.#buttons.set(id, button);
      this.#panes.set(id, pane);
      list.append(button);
      this.element.append(pane);
    }
  }

  /** Brings a pane into sight. */
  show(shown: Id): void {
    for (const { id } of this.#tabs) {
      const button = this.#buttons.get(id);
      const pane = this.#panes.get(id);
      if (button === undefined || pane === undefined) continue;
      setAttribute(button, 'aria-selected', String(id === shown));
      setAttribute(button, 'tabindex', id === shown ? 0 : -1);
      pane.hidden = id !== shown;
    }
  }

  /** Gives a tab another heading. */
  rename(id: Id, title: string): void {
    const button = this.#buttons.get(id);
    if (button !== undefined) button.textContent = title;
  }

  #choose(id: Id): void {
    this.show(id);
    this.#onShow(id);
  }

  #key(event: KeyboardEvent, id: Id): void {
    const at = this.#tabs.findIndex((tab) => tab.id === id);
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1 + this.#tabs.length,
      Home: 0,
      End: this.#tabs.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : this.#tabs[to % this.#tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#choose(next.id);
    this.#buttons.get(next.id)?.focus();
  }
}
