import { el } from './dom.ts';
import { icon } from './icons.ts';
import { visibleRange } from './visibleRange.ts';

const ROW_PIXELS = 22;
const HEAD_PIXELS = 24;
const SPARE_ROWS = 8;
let tables = 0;

/** A column of a table: its heading, the text of a cell, and how rows are ordered by it. */
export interface VirtualColumn<Row> {
  readonly title: string;
  /** A width of a CSS grid: `minmax(10em, 2fr)`. */
  readonly width: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => string | Node;
  /** Rising order; without it the column cannot be sorted by. */
  readonly compare?: (a: Row, b: Row) => number;
}

export interface VirtualTableOptions<Row> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  /** What is said where there are no rows. */
  readonly empty: string;
  /** The column that is sorted by at first; null keeps the order given. */
  readonly sortedBy?: number | null;
  /** Whether that column falls; else it does where it is numeric. */
  readonly falling?: boolean;
  /** A row was moved to, by key or mouse. */
  readonly onSelect?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onActivate?: (row: Row) => void;
}

/** A table of any number of rows of which only those in sight are in the page; arrow keys walk through it. */
export class VirtualTable<Row> {
  readonly element: HTMLElement;
  readonly #options: VirtualTableOptions<Row>;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #id = `table-${++tables}`;
  #rows: readonly Row[] = [];
  #sorted: Row[] = [];
  #sortedBy: number | null;
  #falling: boolean;
  #active = -1;

  constructor(options: VirtualTableOptions<Row>) {
    this.#options = options;
    this.#sortedBy = options.sortedBy ?? null;
    this.#falling = options.falling ?? options.columns[this.#sortedBy ?? -1]?.numeric ?? false;
    this.#head = el('div', { class: 'table-head', role: 'row', 'aria-rowindex': 1 });
    this.#body = el('div', { class: 'table-body', role: 'rowgroup' });
    this.element = el(
      'div',
      {
        class: 'table',
        role: 'grid',
        tabindex: 0,
        'aria-label': options.label,
        'aria-colcount': options.columns.length,
        on: {
          scroll: () => this.#draw(),
          keydown: (event) => this.#key(event),
          click: (event) => this.#click(event.target),
          dblclick: () => this.#activate(),
        },
      },
      el('div', { role: 'rowgroup', class: 'table-head-group' }, this.#head),
      this.#body,
    );
    this.element.style.setProperty(
      '--columns',
      options.columns.map(({ width }) => width).join(' '),
    );
    new ResizeObserver(() => this.#draw()).observe(this.element);
    this.#drawHead();
  }

  /** Shows these rows, in the order that is chosen. */
  setRows(rows: readonly Row[]): void {
    const kept = this.#sorted[this.#active];
    this.#rows = rows;
    this.#sort();
    this.#active = kept === undefined ? -1 : this.#sorted.indexOf(kept);
    this.#draw();
  }

  /** Moves to a row without telling `onSelect`. */
  select(row: Row | undefined): void {
    this.#active = row === undefined ? -1 : this.#sorted.indexOf(row);
    this.#scrollTo(this.#active);
    this.#draw();
  }

  #sort(): void {
    const compare = this.#options.columns[this.#sortedBy ?? -1]?.compare;
    const sign = this.#falling ? -1 : 1;
    this.#sorted =
      compare === undefined ? [...this.#rows] : this.#rows.toSorted((a, b) => sign * compare(a, b));
  }

  #sortBy(column: number): void {
    const chosen = this.#options.columns[column];
    this.#falling = this.#sortedBy === column ? !this.#falling : (chosen?.numeric ?? false);
    this.#sortedBy = column;
    this.#drawHead();
    this.setRows(this.#rows);
  }

  #drawHead(): void {
    const focused = this.#head.contains(document.activeElement);
    this.#head.replaceChildren(
      ...this.#options.columns.map(({ title, numeric, compare }, i) => {
        const sorted = this.#sortedBy === i;
        const order = this.#falling ? 'descending' : 'ascending';
        return el(
          'div',
          {
            role: 'columnheader',
            class: numeric === true ? 'numeric' : '',
            'aria-sort': compare === undefined ? null : sorted ? order : 'none',
          },
          compare === undefined
            ? title
            : el(
                'button',
                { type: 'button', on: { click: () => this.#sortBy(i) } },
                el('span', {}, title),
                sorted ? icon(this.#falling ? 'arrow-down' : 'arrow-up') : null,
              ),
        );
      }),
    );
    if (focused) this.#head.querySelectorAll('button')[this.#sortedBy ?? 0]?.focus();
  }

  #draw(): void {
    const count = this.#sorted.length;
    const { element } = this;
    element.setAttribute('aria-rowcount', String(count + 1));
    this.#body.style.height = `${Math.max(1, count) * ROW_PIXELS}px`;
    const { from, to } = visibleRange({
      scrollTop: element.scrollTop,
      height: element.clientHeight - HEAD_PIXELS,
      rowHeight: ROW_PIXELS,
      spare: SPARE_ROWS,
      count,
    });
    const rows: Node[] = [];
    for (let i = from; i < to; i += 1) rows.push(this.#drawRow(i));
    if (count === 0) {
      const { columns, empty } = this.#options;
      const cell = el('div', { role: 'gridcell', 'aria-colspan': columns.length }, empty);
      rows.push(el('div', { role: 'row', class: 'table-empty' }, cell));
    }
    this.#body.replaceChildren(...rows);
    const drawn = this.#active >= from && this.#active < to;
    if (drawn) element.setAttribute('aria-activedescendant', `${this.#id}-${this.#active}`);
    else element.removeAttribute('aria-activedescendant');
  }

  #drawRow(i: number): HTMLElement {
    const row = this.#sorted[i] as Row;
    const line = el(
      'div',
      {
        id: `${this.#id}-${i}`,
        role: 'row',
        class: 'table-row',
        'data-row': i,
        'aria-rowindex': i + 2,
        'aria-selected': String(i === this.#active),
      },
      ...this.#options.columns.map(({ cell, numeric }) => {
        const content = cell(row);
        const title = typeof content === 'string' ? content : (content.textContent ?? '');
        return el(
          'div',
          { role: 'gridcell', class: numeric === true ? 'numeric' : '', title },
          content,
        );
      }),
    );
    line.style.top = `${i * ROW_PIXELS}px`;
    return line;
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_PIXELS) - 2);
    const last = this.#sorted.length - 1;
    const to = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) this.#move(Math.max(0, Math.min(last, to)));
    else if (event.key === 'Enter') this.#activate();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #click(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest('[data-row]') : null;
    if (row instanceof HTMLElement) this.#move(Number(row.dataset['row']));
  }

  #move(to: number): void {
    const row = this.#sorted[to];
    if (row === undefined) return;
    this.#active = to;
    this.#scrollTo(to);
    this.#draw();
    this.#options.onSelect?.(row);
  }

  #activate(): void {
    const row = this.#sorted[this.#active];
    if (row !== undefined) this.#options.onActivate?.(row);
  }

  #scrollTo(row: number): void {
    if (row < 0) return;
    const top = row * ROW_PIXELS;
    const { element } = this;
    const bottom = top + ROW_PIXELS + HEAD_PIXELS;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  }
}
