import { amountText } from '../../../src/profiler/diff/amountText.ts';
import { countOf } from '../../shared/amounts.ts';
import { el, setAttribute } from '../../shared/dom.ts';
import { changeText, directionWord } from '../model/changeWords.ts';
import { type WaterfallRow, percentText } from '../model/waterfallRows.ts';

let pictures = 0;

/** Bars that lead from the total of A to that of B. Arrow keys walk along them; Enter or a click chooses one. */
export class WaterfallPicture {
  readonly element: HTMLElement;
  readonly #id = `waterfall-${++pictures}`;
  readonly #onChoose: (row: WaterfallRow) => void;
  #rows: readonly WaterfallRow[] = [];
  #unit = 'ns';
  #active = 0;
  #chosen: WaterfallRow | null = null;

  /** @param onChoose called with the step whose spans are to be shown */
  constructor(onChoose: (row: WaterfallRow) => void) {
    this.#onChoose = onChoose;
    this.element = el('div', {
      class: 'waterfall',
      role: 'listbox',
      tabindex: 0,
      'aria-label': 'What explains the difference',
      on: {
        keydown: (event) => this.#key(event),
        click: (event) => this.#click(event.target),
      },
    });
  }

  setRows(rows: readonly WaterfallRow[], unit: string): void {
    this.#rows = rows;
    this.#unit = unit;
    this.#active = Math.min(this.#active, Math.max(0, rows.length - 1));
    this.#chosen = null;
    this.#draw();
  }

  /** Takes the choice back. */
  clear(): void {
    this.#chosen = null;
    this.#draw();
  }

  #draw(): void {
    const { from, scale } = scaleOf(this.#rows);
    this.element.replaceChildren(
      ...this.#rows.map((row, i) => this.#drawRow(row, i, from, (level) => (level - from) * scale)),
    );
    setAttribute(
      this.element,
      'aria-activedescendant',
      this.#rows.length === 0 ? null : `${this.#id}-${this.#active}`,
    );
  }

  #drawRow(
    row: WaterfallRow,
    i: number,
    scaleFrom: number,
    at: (level: number) => number,
  ): HTMLElement {
    const total = row.kind === 'total-a' || row.kind === 'total-b';
    const direction = total ? 'total' : row.delta > 0 ? 'more' : 'less';
    const begin = total ? 0 : Math.min(at(row.from), at(row.to));
    const width = total ? at(row.to) : Math.abs(at(row.to) - at(row.from));
    const cut = total && scaleFrom > 0;
    const bar = el('div', {
      class: `bar ${direction}${row.kind === 'idle' ? ' idle' : ''}${cut ? ' cut' : ''}`,
    });
    bar.style.left = `${(begin * 100).toFixed(3)}%`;
    bar.style.width = `${(width * 100).toFixed(3)}%`;
    const amount = total ? amountText(row.to, this.#unit) : changeText(row.delta, this.#unit);
    const share = row.share === null ? '' : percentText(row.share);
    return el(
      'div',
      {
        id: `${this.#id}-${i}`,
        class: `waterfall-row${total ? ' total' : ''}${i === this.#active ? ' active' : ''}`,
        role: 'option',
        'data-row': i,
        'aria-selected': String(row === this.#chosen),
        title: total
          ? cut
            ? `The bar is cut: its scale begins at ${amountText(scaleFrom, this.#unit)}`
            : null
          : `${row.label}: ${describe(row, this.#unit)}`,
      },
      el('span', { class: 'waterfall-label' }, row.label),
      el('span', { class: 'waterfall-track' }, bar),
      el('span', { class: `waterfall-amount ${direction}` }, amount),
      el('span', { class: 'waterfall-share' }, share),
      el('span', { class: 'visually-hidden' }, total ? '' : `: ${describe(row, this.#unit)}`),
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#rows.length - 1;
    const to = {
      ArrowDown: Math.min(last, this.#active + 1),
      ArrowUp: Math.max(0, this.#active - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) this.#move(to);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(this.#active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #click(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest('[data-row]') : null;
    if (!(row instanceof HTMLElement)) return;
    const place = Number(row.dataset['row']);
    this.#move(place);
    this.#choose(place);
  }

  #move(to: number): void {
    this.#active = to;
    this.#draw();
    this.element.children[to]?.scrollIntoView({ block: 'nearest' });
  }

  #choose(place: number): void {
    const row = this.#rows[place];
    if (row === undefined || row.steps.length === 0) return;
    this.#chosen = row;
    this.#draw();
    this.#onChoose(row);
  }
}

/** Where little changed of much, the bars begin close below the lowest level, not at nothing. */
function scaleOf(rows: readonly WaterfallRow[]): { from: number; scale: number } {
  const levels = rows.flatMap(({ kind, from, to }) =>
    kind.startsWith('total') ? [to] : [from, to],
  );
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  const from = rows.length === 0 ? 0 : Math.max(0, low - (high - low) * 0.15);
  return { from, scale: 1 / Math.max(high - from, Number.MIN_VALUE) };
}

/** A bar in words: what its label and its length leave out. */
function describe(row: WaterfallRow, unit: string): string {
  const counts =
    row.kind === 'idle' ? '' : `, ${countOf(row.countA, 'span')} before, ${row.countB} after`;
  const amounts = `${amountText(row.a, unit)} before, ${amountText(row.b, unit)} after`;
  const part = row.share === null ? '' : ' of the difference';
  return `${directionWord(row.delta, unit)}${part}; ${amounts}${counts}`;
}
