import { ALL_INGESTS } from '../../src/protocol/runMessages.ts';
import { button, element } from './element.ts';
import type { Dashboard } from './historyView.ts';
import { plainText } from './plainText.ts';

/** The series that is shown, the others to choose from, and what was last done to it. */
export class Toolbar {
  readonly root: HTMLElement;
  readonly #select = element('select', { attributes: { id: 'series' } });
  readonly #summary = element('span', { class: 'muted' });
  readonly #toast = element('div', { class: 'toast', attributes: { role: 'status' } });
  #names: readonly string[] = [];

  constructor(chosen: (series: string) => void) {
    this.#select.addEventListener('change', () => {
      const name = this.#names[this.#select.selectedIndex];
      if (name !== undefined) chosen(name);
    });
    this.root = element(
      'header',
      { class: 'toolbar' },
      element('h1', { text: 'Earshot dashboard' }),
      element('label', { text: 'Runs of', attributes: { for: 'series' } }),
      this.#select,
      this.#summary,
      this.#toast,
    );
  }

  show({ series, selected, runs, older }: Dashboard): void {
    this.#names = series.map(({ name }) => name);
    this.#select.replaceChildren(
      ...series.map(({ name, kind, runs: count }) => {
        const title = name === ALL_INGESTS ? 'All ingests' : plainText(name, 60);
        return element('option', { text: `${title} (${kind}, ${count})` });
      }),
    );
    this.#select.selectedIndex = selected === null ? -1 : this.#names.indexOf(selected);
    const count = runs.length === 1 ? '1 run' : `${runs.length} runs`;
    this.#summary.textContent = `${count}${older > 0 ? `, and ${older} older` : ''}`;
  }

  /** The name of the series for the panel's title. */
  static titleOf(selected: string | null): string {
    if (selected === null) return 'Dashboard';
    return `Dashboard: ${selected === ALL_INGESTS ? 'all ingests' : plainText(selected, 40)}`;
  }

  /** Tells what was done, with a way back. */
  tell(text: string, undo: (() => void) | null): void {
    this.#toast.replaceChildren(element('span', { text }));
    if (undo === null) return;
    this.#toast.append(
      button('Undo', () => {
        this.#toast.replaceChildren();
        undo();
      }),
    );
  }
}
