import type { ChartHeader, NameTotal } from '../../../src/protocol/chart.ts';
import { ChartFunctions } from '../../../src/protocol/chartMessages.ts';
import { el } from '../../shared/dom.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import type { VirtualTable } from '../../shared/virtualTable.ts';
import type { ChartSession } from './chartSession.ts';
import { totalsTable } from './totalsTable.ts';

const MOST_FUNCTIONS = 10_000;

/** What the pane leads to. */
export interface FunctionsListener {
  /** Callers and callees of a name are to be shown. */
  chosen(nameId: number): void;
  failed(error: unknown): void;
}

/** The functions of the run beside the sandwich, with a box that filters them. */
export class FunctionsPane {
  readonly element: HTMLElement;
  readonly #table: VirtualTable<NameTotal>;
  readonly #filter: HTMLInputElement;
  readonly #count = el('span', { class: 'muted', role: 'status' });
  readonly #listener: FunctionsListener;
  #header: ChartHeader | null = null;
  #loadedRevision = -1;
  #functions: readonly NameTotal[] = [];
  #all = 0;

  constructor(listener: FunctionsListener) {
    this.#listener = listener;
    this.#table = totalsTable(() => this.#header?.run.weightsUnit ?? null, {
      label: 'Functions',
      empty: 'No function matches.',
      onSelect: ({ nameId }) => listener.chosen(nameId),
    });
    this.#filter = el('input', {
      class: 'input',
      type: 'text',
      spellcheck: 'false',
      placeholder: 'Filter functions',
      'aria-label': 'Filter functions',
      on: { input: () => this.#show() },
    });
    this.element = el(
      'section',
      { class: 'functions', 'aria-label': 'Functions' },
      el('div', { class: 'functions-head' }, this.#filter, this.#count),
      this.#table.element,
    );
  }

  /** Loads the functions of a chart, once for each revision. @returns the one with the largest self time */
  async load(session: ChartSession, header: ChartHeader): Promise<NameTotal | null> {
    if (this.#header?.chart !== header.chart || this.#loadedRevision !== header.revision) {
      this.#header = header;
      try {
        const { functions, all } = await session.ask(ChartFunctions, { limit: MOST_FUNCTIONS });
        this.#functions = functions;
        this.#all = all;
        this.#loadedRevision = header.revision;
      } catch (error) {
        this.#listener.failed(error);
      }
      this.#show();
    }
    return this.#functions[0] ?? null;
  }

  /** Moves to the name that is shown. */
  select(nameId: number): void {
    this.#table.select(this.#functions.find((each) => each.nameId === nameId));
  }

  focus(): void {
    this.#filter.focus();
    this.#filter.select();
  }

  #show(): void {
    const wanted = this.#filter.value.toLowerCase();
    const shown = this.#functions.filter(({ name }) => name.toLowerCase().includes(wanted));
    this.#table.setRows(shown);
    this.#count.textContent =
      shown.length === this.#all
        ? formatNumber(this.#all)
        : `${formatNumber(shown.length)} of ${formatNumber(this.#all)}`;
  }
}
