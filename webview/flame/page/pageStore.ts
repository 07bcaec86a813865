import type { ChartSource } from '../../../src/protocol/chart.ts';
import { PanelShows } from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { SavedState } from '../../shared/savedState.ts';
import { firstState, isSameSource, PageState } from './pageState.ts';

const SAVE_AFTER_MS = 250;

/** The state of the page; every change is kept for its next life, a moment later. */
export class PageStore {
  readonly #saved = new SavedState(PageState);
  readonly #connection: RpcConnection;
  #state: PageState;
  #title = '';
  #timer: number | undefined;

  /** Takes up what an earlier life of the page left of the same source. */
  constructor(connection: RpcConnection, source: ChartSource) {
    this.#connection = connection;
    const saved = this.#saved.read();
    this.#state = saved && isSameSource(saved.source, source) ? saved : firstState(source);
    // A page that is hidden has no time to wait.
    addEventListener('pagehide', () => this.#save());
  }

  get state(): PageState {
    return this.#state;
  }

  update(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.#timer ??= window.setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  /** Begins anew with another source. */
  reset(source: ChartSource): void {
    this.update(firstState(source));
  }

  set title(title: string) {
    this.#title = title;
    this.update({});
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saved.write(this.#state);
    if (this.#title === '') return;
    const { source, view, selected } = this.#state;
    this.#connection.notify(PanelShows, {
      title: this.#title,
      content: {
        panel: 'flame',
        source,
        // A node of a merged view is nothing that a link to the run could name.
        span: selected?.view === 'time' ? selected.span : null,
        view,
      },
    });
  }
}
