import type { z } from 'zod';
import { PanelShows, type PanelContent } from '../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../src/protocol/rpc.ts';
import { SavedState } from './savedState.ts';

const SAVE_AFTER_MS = 250;

/** What the state of a page is kept with. */
export interface KeptStateParts<State> {
  readonly schema: z.ZodType<State, State>;
  readonly connection: RpcConnection;
  /** The state to begin with. @param saved what an earlier life of the page left, of whatever content */
  readonly begin: (saved: State | null) => State;
  /** What VS Code is to open where the page is restored. */
  readonly content: (state: State) => PanelContent;
}

/** The state of a page; every change is kept for its next life, a moment later. */
export class KeptState<State> {
  readonly #parts: KeptStateParts<State>;
  readonly #saved: SavedState<z.ZodType<State, State>>;
  #state: State;
  #title = '';
  #timer: number | undefined;

  constructor(parts: KeptStateParts<State>) {
    this.#parts = parts;
    this.#saved = new SavedState(parts.schema);
    this.#state = parts.begin(this.#saved.read());
    // A page that is hidden has no time to wait.
    addEventListener('pagehide', () => this.#save());
  }

  get state(): State {
    return this.#state;
  }

  update(change: Partial<State>): void {
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
    const { connection, content } = this.#parts;
    connection.notify(PanelShows, { title: this.#title, content: content(this.#state) });
  }
}
