import { el } from '../../shared/dom.ts';
import { iconButton } from '../../shared/icons.ts';
import { type MenuEntry, menuButton } from '../../shared/menuButton.ts';
import { DiffLayout, type DiffState } from '../model/diffState.ts';

/** What can be chosen in the tool bar. */
export interface ToolbarActions {
  readonly layout: (layout: DiffLayout) => void;
  readonly tintBy: (by: DiffState['tintBy']) => void;
  readonly filter: (filter: DiffState['filter']) => void;
  readonly alignByStart: () => void;
  readonly copy: () => void;
  readonly exports: () => readonly MenuEntry[];
  readonly help: () => void;
}

const LAYOUTS: Readonly<Record<DiffLayout, string>> = {
  pairs: 'A above B',
  ghost: 'B with ghosts of A',
  after: 'Only B',
  split: 'Side by side',
};
const TINTS: Readonly<Record<DiffState['tintBy'], string>> = {
  self: 'Own time',
  total: 'Whole time',
};

/** How the two runs are drawn, and what can be taken away from here. */
export class DiffToolbar {
  readonly element: HTMLElement;
  readonly #layout: HTMLSelectElement;
  readonly #tint: HTMLSelectElement;
  readonly #only: HTMLButtonElement;
  readonly #align: HTMLButtonElement;

  constructor(actions: ToolbarActions) {
    this.#layout = choice('Layout', LAYOUTS, (value) => actions.layout(DiffLayout.parse(value)));
    this.#tint = choice('Colour by', TINTS, (value) =>
      actions.tintBy(value === 'total' ? 'total' : 'self'),
    );
    this.#only = el(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        title: 'Let only those spans stand out that one of the runs alone has (O)',
        on: {
          click: () =>
            actions.filter(this.#only.getAttribute('aria-pressed') === 'true' ? 'all' : 'only'),
        },
      },
      'Only in A or B',
    );
    this.#align = el(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        title: 'Let both runs begin together again',
        on: { click: actions.alignByStart },
      },
      'Align by Start',
    );
    this.element = el(
      'div',
      { class: 'diff-toolbar', role: 'toolbar', 'aria-label': 'The picture' },
      el('label', {}, el('span', {}, 'Layout'), this.#layout),
      el('label', {}, el('span', {}, 'Colour by'), this.#tint),
      this.#only,
      this.#align,
      el('span', { class: 'spacer' }),
      iconButton('copy', 'Copy as Markdown', actions.copy),
      menuButton('export', 'Export', actions.exports),
      iconButton('question', 'Keys (?)', actions.help),
    );
  }

  /** Shows what is chosen. */
  show({ layout, tintBy, filter, anchor }: DiffState, weights: boolean): void {
    this.#layout.value = layout;
    this.#tint.value = tintBy;
    this.#only.setAttribute('aria-pressed', String(filter === 'only'));
    this.#align.hidden = anchor === null || weights;
  }
}

function choice(
  label: string,
  entries: Readonly<Record<string, string>>,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const select = el(
    'select',
    { class: 'input', 'aria-label': label },
    ...Object.entries(entries).map(([value, text]) => el('option', { value }, text)),
  );
  select.addEventListener('change', () => onChange(select.value));
  return select;
}
