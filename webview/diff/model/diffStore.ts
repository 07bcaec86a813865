import type { ChartSource } from '../../../src/protocol/chart.ts';
import { PanelShows } from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { SavedState } from '../../shared/savedState.ts';
import { isSameSource } from '../../flame/page/pageState.ts';
import { DiffState, firstState } from './diffState.ts';

const SAVE_AFTER_MS = 250;

/** The state of the page; every change is kept for its next life, a moment later. */
export class DiffStore {
  readonly #saved = new SavedState(DiffState);
  readonly #connection: RpcConnection;
  #state: DiffState;
  #title = '';
  #timer: number | undefined;

  /** Takes up what an earlier life of the page left of the same two runs. */
  constructor(connection: RpcConnection, a: ChartSource, b: ChartSource) {
    this.#connection = connection;
    const saved = this.#saved.read();
    const fits = saved !== null && isSameSource(saved.a, a) && isSameSource(saved.b, b);
    this.#state = fits ? saved : firstState(a, b);
    // A page that is hidden has no time to wait.
    addEventListener('pagehide', () => this.#save());
  }

  get state(): DiffState {
    return this.#state;
  }

  update(change: Partial<DiffState>): void {
    this.#state = { ...this.#state, ...change };
    this.#timer ??= window.setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  /** What the tab of the panel says. */
  set title(title: string) {
    this.#title = title;
    this.update({});
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saved.write(this.#state);
    if (this.#title === '') return;
    const { a, b } = this.#state;
    this.#connection.notify(PanelShows, {
      title: this.#title,
      content: { panel: 'diff', a, b },
    });
  }
}
