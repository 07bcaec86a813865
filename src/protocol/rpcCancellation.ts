/** The part of an AbortSignal that is needed here; this folder knows neither Node nor a browser. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Fires one `CancelSignal`, once. */
export class CancelSource {
  readonly #listeners = new Set<() => void>();
  #aborted = false;
  readonly signal: CancelSignal;

  constructor() {
    const aborted = (): boolean => this.#aborted;
    this.signal = {
      get aborted() {
        return aborted();
      },
      addEventListener: (_type, listener) => void this.#listeners.add(listener),
      removeEventListener: (_type, listener) => void this.#listeners.delete(listener),
    };
  }

  cancel(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    for (const listener of [...this.#listeners]) listener();
    this.#listeners.clear();
  }
}
