import { decodeSpans } from '../../../src/profiler/chart/chartColumns.ts';
import { ChartSearch } from '../../../src/protocol/chartMessages.ts';
import type { ChartSession } from './chartSession.ts';
import type { ChartSurface } from './chartSurface.ts';
import type { PageStore } from './pageStore.ts';
import type { SearchBox } from './searchBox.ts';
import { NO_HITS, step, type SearchHits } from './searchHits.ts';
import type { Selection } from './selection.ts';

const MOST_HITS = 200_000;

/** What the search works with. */
export interface ChartSearchParts {
  readonly session: () => ChartSession;
  readonly surface: ChartSurface;
  readonly store: PageStore;
  readonly box: SearchBox;
  readonly selection: Selection;
  readonly failed: (error: unknown) => void;
}

/** The search for names: its hits in the chart, and the way from one to the next. */
export class NameSearch {
  readonly #parts: ChartSearchParts;
  #hits: SearchHits = NO_HITS;
  #asked = 0;

  constructor(parts: ChartSearchParts) {
    this.#parts = parts;
  }

  /** Searches for a text; an empty one ends the search. */
  async search(text: string): Promise<void> {
    const asked = ++this.#asked;
    const { store } = this.#parts;
    store.update({ search: text });
    const { view } = store.state;
    if (text === '' || view === 'sandwich') {
      this.#show({ ...NO_HITS, text: '' });
      return;
    }
    try {
      const found = await this.#parts.session().ask(ChartSearch, { view, text, limit: MOST_HITS });
      if (asked !== this.#asked) return;
      const spans = decodeSpans(found.spans);
      this.#show({ text, spans, total: found.total, current: -1 });
    } catch (error) {
      if (asked === this.#asked) this.#parts.failed(error);
    }
  }

  /** Searches again in another scene. */
  async again(): Promise<void> {
    const { box, store } = this.#parts;
    box.text = store.state.search;
    await this.search(store.state.search);
  }

  /** Goes to the hit after or before the one that is shown. */
  async step(direction: 1 | -1): Promise<void> {
    const { selection, box, store } = this.#parts;
    // The state knows the choice before its details have come: keys may be faster.
    this.#hits = step(this.#hits, direction, store.state.selected?.span ?? null);
    box.show(this.#hits);
    const span = this.#hits.spans[this.#hits.current];
    if (span !== undefined) await selection.goTo(span, 'into-sight');
  }

  #show(hits: SearchHits): void {
    const { surface, box } = this.#parts;
    this.#hits = hits;
    box.show(hits);
    if (surface.scene === null) return;
    surface.scene.found = hits.text === '' ? null : hits.spans.toSorted();
    surface.redraw();
  }
}
