import { z } from 'zod';
import { SavedState } from '../shared/savedState.ts';

/** What survives hiding, reloading and restarting beside the series, which the panel itself keeps. */
export const PageState = z.object({
  series: z.string().nullable(),
  run: z.string().nullable(),
  mode: z.enum(['stacked', 'lines']).nullable(),
  hiddenStages: z.array(z.string()),
  /** Charts that are shown as tables. */
  tables: z.array(z.string()),
  bucket: z.object({ ledger: z.string(), bucket: z.number().int().min(0) }).nullable(),
});
export type PageState = z.infer<typeof PageState>;

const NOTHING: PageState = {
  series: null,
  run: null,
  mode: null,
  hiddenStages: [],
  tables: [],
  bucket: null,
};

/** The state of the page, written with every change. */
export class StateKeeper {
  readonly #saved = new SavedState(PageState);
  #state: PageState = this.#saved.read() ?? NOTHING;

  get state(): PageState {
    return this.#state;
  }

  change(changes: Partial<PageState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#saved.write(this.#state);
  }

  /** Adds something to a list of the state, or takes it out. */
  toggle(list: 'hiddenStages' | 'tables', what: string, isIn: boolean): void {
    const others = this.#state[list].filter((each) => each !== what);
    this.change({ [list]: isIn ? [...others, what] : others });
  }
}
