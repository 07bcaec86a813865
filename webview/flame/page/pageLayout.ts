import type { Announcer } from '../../shared/announcer.ts';
import { el } from '../../shared/dom.ts';
import { iconButton } from '../../shared/icons.ts';
import { splitter } from '../../shared/splitter.ts';
import { stateMessage } from '../../shared/stateMessage.ts';
import type { PageState } from './pageState.ts';

/** Narrower pages have the details below the chart. */
const SIDE_BY_SIDE_PIXELS = 720;
const LEAST_DETAILS = 120;
const LEAST_CHART = 160;

/** The parts that the page is made of. */
export interface LayoutParts {
  readonly strip: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly surface: HTMLElement;
  readonly functions: HTMLElement;
  readonly spanTable: HTMLElement;
  readonly details: HTMLElement;
  readonly announcer: Announcer;
  readonly state: () => PageState;
  readonly resized: (details: PageState['details']) => void;
}

/** Where everything of the page lies, and what stands in the place of the chart while there is none. */
export class PageLayout {
  readonly #root: HTMLElement;
  readonly #parts: LayoutParts;
  readonly #body = el('div', { class: 'body' });
  readonly #chart: HTMLElement;
  readonly #splitter: HTMLElement;
  readonly #message = el('div', { class: 'chart-message', hidden: true });
  readonly #problem = el('div', { class: 'problem', role: 'alert', hidden: true });

  constructor(root: HTMLElement, parts: LayoutParts) {
    this.#root = root;
    this.#parts = parts;
    this.#chart = el(
      'div',
      { class: 'chart' },
      parts.functions,
      parts.surface,
      parts.spanTable,
      this.#message,
    );
    this.#splitter = splitter({
      label: 'Size of the details',
      side: () => this.#side,
      size: () => {
        const { width, height } = parts.state().details;
        return this.#side === 'right' ? width : height;
      },
      limits: () => {
        const { clientWidth, clientHeight } = this.#body;
        const room = this.#side === 'right' ? clientWidth : clientHeight;
        return { min: LEAST_DETAILS, max: Math.max(LEAST_DETAILS, room - LEAST_CHART) };
      },
      resize: (pixels) => {
        const { details } = parts.state();
        parts.resized(
          this.#side === 'right' ? { ...details, width: pixels } : { ...details, height: pixels },
        );
        this.render();
      },
    });
    this.#body.append(this.#chart, this.#splitter, parts.details);
    root.replaceChildren(
      parts.strip,
      parts.toolbar,
      this.#problem,
      this.#body,
      parts.announcer.element,
    );
    root.classList.add('flame');
    new ResizeObserver(() => this.render()).observe(root);
  }

  get #side(): 'right' | 'bottom' {
    return this.#root.clientWidth >= SIDE_BY_SIDE_PIXELS ? 'right' : 'bottom';
  }

  /** Shows what the state says. */
  render(): void {
    const { details, view, table } = this.#parts.state();
    const side = this.#side;
    const hasChart = this.#message.hidden;
    const open = details.open && hasChart;
    this.#root.dataset['side'] = side;
    this.#parts.details.hidden = !open;
    this.#splitter.hidden = !open;
    const { style } = this.#parts.details;
    style.flexBasis = `${side === 'right' ? details.width : details.height}px`;
    this.#splitter.setAttribute('aria-orientation', side === 'right' ? 'vertical' : 'horizontal');
    const showsTable = table && view !== 'sandwich';
    this.#root.dataset['view'] = view;
    this.#parts.functions.hidden = !hasChart || view !== 'sandwich';
    this.#parts.spanTable.hidden = !hasChart || !showsTable;
    this.#parts.surface.hidden = !hasChart || showsTable;
  }

  /** Puts a message in the place of the chart; null shows the chart again. */
  message(content: Node | null): void {
    this.#message.hidden = content === null;
    this.#message.replaceChildren(...(content === null ? [] : [content]));
    this.#root.classList.toggle('without-chart', content !== null);
    this.render();
  }

  /** The message while a source is being read, with a way to stop that. */
  progress(fraction: number | null, text: string, cancel: () => void): void {
    const shown = this.#message.querySelector('.opening');
    if (shown === null || this.#message.hidden) {
      const box = stateMessage('graph', 'Opening…', [], [{ label: 'Cancel', run: cancel }]);
      box.classList.add('opening');
      const bar = el('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Opening' });
      bar.append(el('div'));
      box.querySelector('h2')?.after(bar, el('p', { class: 'progress-text' }));
      this.message(box);
    }
    const bar = this.#message.querySelector<HTMLElement>('.progress');
    const filling = bar?.querySelector('div');
    bar?.classList.toggle('endless', fraction === null);
    if (fraction === null) bar?.removeAttribute('aria-valuenow');
    else bar?.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
    if (filling) filling.style.transform = fraction === null ? '' : `scaleX(${fraction})`;
    const line = this.#message.querySelector('.progress-text');
    if (line) line.textContent = text;
  }

  /** A failure beside a chart that is still good, until it is closed. */
  problem(text: string | null): void {
    this.#problem.hidden = text === null;
    this.#problem.replaceChildren(
      ...(text === null
        ? []
        : [el('span', {}, text), iconButton('close', 'Dismiss', () => this.problem(null))]),
    );
  }
}
