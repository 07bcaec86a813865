import type { ChartHeader, ChartView } from '../../../src/protocol/chart.ts';
import { el } from '../../shared/dom.ts';
import { iconButton, type IconName } from '../../shared/icons.ts';
import { menuButton, type MenuEntry } from '../../shared/menuButton.ts';
import { keysOf, type ChartAction } from './keyMap.ts';
import type { PageState } from './pageState.ts';

const VIEWS: readonly {
  readonly view: ChartView;
  readonly title: string;
  readonly action: ChartAction;
}[] = [
  { view: 'time', title: 'Time order', action: 'view-time' },
  { view: 'left-heavy', title: 'Left heavy', action: 'view-left-heavy' },
  { view: 'sandwich', title: 'Sandwich', action: 'view-sandwich' },
];

/** What the tool bar leads to. */
export interface ToolbarListener {
  act(action: ChartAction): void;
  exports(): readonly MenuEntry[];
}

/** Views, search, switches and menus above the chart. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #listener: ToolbarListener;
  readonly #views: HTMLElement;
  readonly #switches: Readonly<Record<'critical' | 'table' | 'details', HTMLButtonElement>>;

  constructor(search: HTMLElement, listener: ToolbarListener) {
    this.#listener = listener;
    this.#views = el('div', { class: 'views', role: 'radiogroup', 'aria-label': 'View' });
    this.#views.addEventListener('keydown', (event) => this.#walkViews(event));
    this.#switches = {
      critical: this.#button('milestone', 'Critical path', 'critical-path'),
      table: this.#button('table', 'Visible spans as a table', 'table'),
      details: this.#button('layout-sidebar-right', 'Details', 'details'),
    };
    this.element = el(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'Chart' },
      this.#views,
      search,
      el(
        'div',
        { class: 'tools' },
        this.#switches.critical,
        this.#switches.table,
        this.#button('screen-full', 'Show the whole run', 'fit-all'),
        this.#switches.details,
        menuButton('export', 'Export and copy', () => listener.exports()),
        this.#button('question', 'Keys', 'help'),
      ),
    );
  }

  render({ views }: ChartHeader, state: PageState): void {
    const focused = this.#views.contains(document.activeElement);
    const offered = VIEWS.filter(({ view }) => views.includes(view));
    this.#views.replaceChildren(
      ...offered.map(({ view, title, action }) => {
        const chosen = view === state.view;
        return el(
          'button',
          {
            type: 'button',
            class: 'view-button',
            role: 'radio',
            'aria-checked': String(chosen),
            'data-action': action,
            tabindex: chosen ? 0 : -1,
            title: `${title} (${keysOf(action)})`,
            on: { click: () => this.#listener.act(action) },
          },
          title,
        );
      }),
    );
    if (focused) this.#views.querySelector<HTMLElement>('[aria-checked=true]')?.focus();
    const { critical, table, details } = this.#switches;
    critical.setAttribute('aria-pressed', String(state.critical));
    critical.disabled = state.view !== 'time';
    table.setAttribute('aria-pressed', String(state.table));
    table.disabled = state.view === 'sandwich';
    details.setAttribute('aria-pressed', String(state.details.open));
  }

  #button(symbol: IconName, label: string, action: ChartAction): HTMLButtonElement {
    return iconButton(symbol, `${label} (${keysOf(action)})`, () => this.#listener.act(action));
  }

  #walkViews(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const buttons = [...this.#views.querySelectorAll<HTMLElement>('[role=radio]')];
    const at = buttons.findIndex((button) => button.ariaChecked === 'true');
    buttons.at((at + by) % buttons.length)?.click();
    event.preventDefault();
    event.stopPropagation();
  }
}
