import { el } from '../../shared/dom.ts';
import { icon, iconButton } from '../../shared/icons.ts';
import { keysOf } from './keyMap.ts';
import { hitsText, type SearchHits } from './searchHits.ts';

const SEARCH_AFTER_MS = 120;

/** What the box asks for. */
export interface SearchListener {
  searched(text: string): void;
  stepped(direction: 1 | -1): void;
  /** Esc in the box, or Enter once there is nothing to step to: back to the chart. */
  left(): void;
}

/** The box for names with its count and its steps. */
export class SearchBox {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #count = el('span', { class: 'search-count', role: 'status', 'aria-live': 'polite' });
  readonly #steps: readonly HTMLButtonElement[];
  readonly #listener: SearchListener;
  #timer: number | undefined;
  #searched = '';

  constructor(listener: SearchListener) {
    this.#listener = listener;
    this.#input = el('input', {
      class: 'input search-input',
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      placeholder: `Search names (${keysOf('search')})`,
      'aria-label': 'Search names of spans',
      on: { input: () => this.#later(), keydown: (event) => this.#key(event) },
    });
    const stepButton = (
      symbol: 'arrow-up' | 'arrow-down',
      direction: 1 | -1,
    ): HTMLButtonElement => {
      const action = direction > 0 ? 'next-hit' : 'previous-hit';
      const label = direction > 0 ? 'Next match' : 'Previous match';
      return iconButton(symbol, `${label} (${keysOf(action)})`, () => listener.stepped(direction));
    };
    this.#steps = [stepButton('arrow-up', -1), stepButton('arrow-down', 1)];
    this.element = el(
      'div',
      { class: 'search', role: 'search' },
      el('div', { class: 'search-field' }, icon('search'), this.#input, this.#count),
      ...this.#steps,
    );
    this.show({ text: '', spans: new Uint32Array(), total: 0, current: -1 });
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Puts a text in without searching for it. */
  set text(text: string) {
    this.#searched = text;
    this.#input.value = text;
  }

  show(hits: SearchHits): void {
    this.#count.textContent = hitsText(hits);
    this.element.classList.toggle('search-nothing', hits.text !== '' && hits.total === 0);
    for (const button of this.#steps) button.disabled = hits.spans.length === 0;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#now(), SEARCH_AFTER_MS);
  }

  #now(): void {
    clearTimeout(this.#timer);
    const { value } = this.#input;
    if (value === this.#searched) return;
    this.#searched = value;
    this.#listener.searched(value);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      const isNew = this.#input.value !== this.#searched;
      this.#now();
      if (!isNew) this.#listener.stepped(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      if (this.#input.value === '') this.#listener.left();
      else {
        this.#input.value = '';
        this.#now();
        this.#listener.left();
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
