import type { z } from 'zod';
import { vscodeApi } from './vscodeApi.ts';

/** State of a page that survives hiding, reloading and restarting. What does not fit the schema any more is forgotten. */
export class SavedState<S extends z.ZodType> {
  readonly #schema: S;

  constructor(schema: S) {
    this.#schema = schema;
  }

  read(): z.output<S> | null {
    const parsed = this.#schema.safeParse(vscodeApi.getState());
    return parsed.success ? parsed.data : null;
  }

  write(state: z.input<S>): void {
    vscodeApi.setState(state);
  }
}
