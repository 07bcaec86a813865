import type { PairChangeView } from '../../../src/protocol/runMessages.ts';
import { el } from '../../shared/dom.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import type { DiffResult } from '../model/diffResult.ts';
import type { DiffState } from '../model/diffState.ts';
import {
  type WaterfallGrouping,
  type WaterfallRow,
  explanationText,
  waterfallRows,
} from '../model/waterfallRows.ts';
import {
  type LoneRow,
  changesTable,
  counterRows,
  countersTable,
  loneTable,
} from './changeTables.ts';
import { Tabs } from './tabs.ts';
import { WaterfallPicture } from './waterfallPicture.ts';
import { waterfallTable } from './waterfallTable.ts';

/** Bars of the picture at most, beside the totals; the table has all steps. */
const TOP_BARS = 12;

/** What the person chose in the explanation. */
export interface ExplanationListener {
  step(row: WaterfallRow): void;
  pair(pair: PairChangeView): void;
  lone(row: LoneRow): void;
  stateChanged(change: Partial<Pick<DiffState, 'tab' | 'grouping' | 'waterfallAs'>>): void;
}

/** What explains the difference: the waterfall, the pairs that changed, what one run alone has, and exact figures. */
export class Explanation {
  readonly element: HTMLElement;
  readonly #tabs: Tabs<DiffState['tab']>;
  readonly #picture: WaterfallPicture;
  readonly #table;
  readonly #changes;
  readonly #lone;
  readonly #counters = countersTable();
  readonly #sentence = el('p', { class: 'explanation-text' });
  readonly #grouping: HTMLButtonElement;
  readonly #asTable: HTMLButtonElement;
  readonly #listener: ExplanationListener;
  #diff: DiffResult | null = null;
  #state: Pick<DiffState, 'tab' | 'grouping' | 'waterfallAs'>;

  constructor(state: DiffState, listener: ExplanationListener) {
    this.#state = state;
    this.#listener = listener;
    const unit = (): string => this.#diff?.unit ?? 'ns';
    this.#picture = new WaterfallPicture((row) => listener.step(row));
    this.#table = waterfallTable(unit, (row) => listener.step(row));
    this.#changes = changesTable(unit, (pair) => listener.pair(pair));
    this.#lone = loneTable(unit, (row) => listener.lone(row));
    this.#grouping = switchButton('By stage', 'Add up the steps of each stage', () =>
      this.#change({ grouping: this.#state.grouping === 'stage' ? 'name' : 'stage' }),
    );
    this.#asTable = switchButton('Table', 'The waterfall as a table of all steps (T)', () =>
      this.toggleTable(),
    );
    const waterfall = el(
      'div',
      { class: 'explanation-waterfall' },
      el('div', { class: 'explanation-head' }, this.#sentence, this.#grouping, this.#asTable),
      this.#picture.element,
      this.#table.element,
    );
    this.#tabs = new Tabs(
      'What is different',
      [
        { id: 'waterfall', title: 'Waterfall', content: waterfall },
        { id: 'changes', title: 'Changed', content: this.#changes.element },
        { id: 'only', title: 'Only in one', content: this.#lone.element },
        { id: 'counters', title: 'Counted differently', content: this.#counters.element },
      ],
      (tab) => this.#change({ tab }),
    );
    this.element = this.#tabs.element;
    this.#draw();
  }

  /** Explains two runs. */
  show(diff: DiffResult): void {
    this.#diff = diff;
    this.#sentence.textContent = explanationText(diff);
    this.#changes.setRows([...diff.slower, ...diff.faster]);
    this.#lone.setRows([
      ...diff.loneA.map((row) => ({ ...row, side: 'a' as const })),
      ...diff.loneB.map((row) => ({ ...row, side: 'b' as const })),
    ]);
    this.#counters.setRows(counterRows(diff));
    const count = (title: string, of: number): string =>
      of === 0 ? title : `${title} (${formatNumber(of)})`;
    this.#tabs.rename('changes', count('Changed', diff.slower.length + diff.faster.length));
    this.#tabs.rename('only', count('Only in one', diff.onlyInA + diff.onlyInB));
    this.#tabs.rename('counters', count('Counted differently', diff.counters.length));
    this.#draw();
  }

  /** Takes the choice of a step back. */
  clear(): void {
    this.#picture.clear();
  }

  /** The picture instead of the table, or the other way round. */
  toggleTable(): void {
    this.#change({ waterfallAs: this.#state.waterfallAs === 'table' ? 'picture' : 'table' });
  }

  #change(change: Partial<Pick<DiffState, 'tab' | 'grouping' | 'waterfallAs'>>): void {
    this.#state = { ...this.#state, ...change };
    this.#listener.stateChanged(change);
    this.#draw();
  }

  #draw(): void {
    const { tab, grouping, waterfallAs } = this.#state;
    this.#tabs.show(tab);
    this.#grouping.setAttribute('aria-pressed', String(grouping === 'stage'));
    this.#asTable.setAttribute('aria-pressed', String(waterfallAs === 'table'));
    this.#picture.element.hidden = waterfallAs === 'table';
    this.#table.element.hidden = waterfallAs === 'picture';
    const diff = this.#diff;
    if (diff === null) return;
    const rows = (top: number, by: WaterfallGrouping): WaterfallRow[] =>
      waterfallRows(diff, by, top);
    this.#picture.setRows(rows(TOP_BARS, grouping), diff.unit);
    this.#table.setRows(
      rows(Infinity, grouping).filter(({ kind }) => kind !== 'total-a' && kind !== 'total-b'),
    );
  }
}

function switchButton(text: string, title: string, onClick: () => void): HTMLButtonElement {
  return el(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title,
      'aria-pressed': 'false',
      on: { click: onClick },
    },
    text,
  );
}
