import { el } from '../../shared/dom.ts';
import type { Side } from '../model/diffResult.ts';
import { type Pair, pairRows, pairSentence } from '../model/pairRows.ts';

/** What can be done with the pair that is shown. */
export interface PairActions {
  readonly align: () => void;
  readonly openSource: (side: Side) => void;
  readonly goTo: (side: Side) => void;
}

/** The chosen span with its partner: A, B, difference, ratio and the source lines of both. */
export class PairPane {
  readonly element = el('section', { class: 'pair-pane', 'aria-label': 'The chosen pair' });
  readonly #actions: PairActions;

  constructor(actions: PairActions) {
    this.#actions = actions;
    this.clear();
  }

  clear(): void {
    this.element.replaceChildren(
      el('p', { class: 'muted' }, 'Choose a span, a step or a row to see A and B side by side.'),
    );
  }

  show(pair: Pair, unit: string): void {
    const { a, b } = pair;
    const name = a !== null && b !== null && a.name !== b.name ? `${a.name} → ${b.name}` : '';
    this.element.replaceChildren(
      el('h3', { class: 'pair-title', title: name }, name || (b?.name ?? a?.name ?? '')),
      el('p', { class: 'pair-sentence' }, this.#lead(pair, unit)),
      el(
        'table',
        { class: 'pair-table' },
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            el('td', {}),
            ...['A', 'B', 'Change'].map((title) => el('th', { scope: 'col' }, title)),
          ),
        ),
        el(
          'tbody',
          {},
          ...pairRows(pair, unit).map((row) =>
            el(
              'tr',
              {},
              el('th', { scope: 'row' }, row.title),
              ...[row.a, row.b, row.change].map((text) => el('td', { title: text }, text)),
            ),
          ),
        ),
      ),
      el('div', { class: 'pair-actions' }, ...this.#buttons(pair, unit)),
    );
  }

  #lead(pair: Pair, unit: string): string {
    const sentence = pairSentence(pair, unit);
    const colon = sentence.lastIndexOf(': ');
    return colon < 0 ? sentence : sentence.slice(colon + 2);
  }

  #buttons({ a, b }: Pair, unit: string): HTMLElement[] {
    const { align, openSource, goTo } = this.#actions;
    const button = (label: string, run: () => void): HTMLElement =>
      el('button', { type: 'button', class: 'button secondary', on: { click: run } }, label);
    return [
      ...(a && b && unit === 'ns' ? [button('Align Here', align)] : []),
      ...(a ? [button('Go to A', () => goTo('a'))] : []),
      ...(b ? [button('Go to B', () => goTo('b'))] : []),
      ...(a?.source ? [button('Open Line of A', () => openSource('a'))] : []),
      ...(b?.source ? [button('Open Line of B', () => openSource('b'))] : []),
    ];
  }
}
