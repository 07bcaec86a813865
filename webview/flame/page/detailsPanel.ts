import { el } from '../../shared/dom.ts';
import { iconButton } from '../../shared/icons.ts';
import type { DETAILS_TABS } from './pageState.ts';

type DetailsTab = (typeof DETAILS_TABS)[number];

const TITLES: Readonly<Record<DetailsTab, string>> = {
  span: 'Span',
  area: 'Selection',
  findings: 'Findings',
};

/** The panel beside or below the chart: tabs, one of them open. */
export class DetailsPanel {
  readonly element: HTMLElement;
  readonly #panes: Readonly<Record<DetailsTab, HTMLElement>>;
  readonly #tabs: Readonly<Record<DetailsTab, HTMLButtonElement>>;
  #chosen: DetailsTab = 'span';

  /** @param onTab called when the person chooses a tab. */
  constructor(onTab: (tab: DetailsTab) => void, onClose: () => void) {
    const tab = (name: DetailsTab): HTMLButtonElement =>
      el(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${name}`,
          class: 'tab',
          'aria-controls': `pane-${name}`,
          on: { click: () => onTab(name) },
        },
        TITLES[name],
      );
    const pane = (name: DetailsTab): HTMLElement =>
      el('div', {
        id: `pane-${name}`,
        class: `pane pane-${name}`,
        role: 'tabpanel',
        tabindex: 0,
        'aria-labelledby': `tab-${name}`,
      });
    this.#tabs = { span: tab('span'), area: tab('area'), findings: tab('findings') };
    this.#panes = { span: pane('span'), area: pane('area'), findings: pane('findings') };
    const list = el(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': 'Details' },
      ...Object.values(this.#tabs),
    );
    list.addEventListener('keydown', (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by === undefined) return;
      const names = Object.keys(this.#tabs) as DetailsTab[];
      const next = names.at((names.indexOf(this.#chosen) + by) % names.length) ?? 'span';
      onTab(next);
      this.#tabs[next].focus();
      event.preventDefault();
      event.stopPropagation();
    });
    this.element = el(
      'aside',
      { class: 'details', 'aria-label': 'Details' },
      el('div', { class: 'details-head' }, list, iconButton('close', 'Close details', onClose)),
      ...Object.values(this.#panes),
    );
    this.choose('span');
  }

  choose(chosen: DetailsTab): void {
    this.#chosen = chosen;
    for (const name of Object.keys(this.#tabs) as DetailsTab[]) {
      const isChosen = name === chosen;
      this.#tabs[name].setAttribute('aria-selected', String(isChosen));
      this.#tabs[name].tabIndex = isChosen ? 0 : -1;
      this.#panes[name].hidden = !isChosen;
    }
  }

  /** Puts content into a pane, from its beginning. */
  fill(tab: DetailsTab, content: readonly Node[]): void {
    this.#panes[tab].replaceChildren(...content);
    this.#panes[tab].scrollTop = 0;
  }

  /** Puts a number beside the title of a tab. */
  count(tab: DetailsTab, count: number | null): void {
    this.#tabs[tab].replaceChildren(
      TITLES[tab],
      ...(count === null ? [] : [el('span', { class: 'badge' }, String(count))]),
    );
  }
}
