import { CancelledError, EarshotError } from '../earshotError.ts';

/**
 * An abort signal that fires when the person cancels, or when nothing was heard for a while.
 *
 * Its reason is the error to report: CancelledError or EarshotError `download.stalled`. Must be
 * disposed, or its timer and its listener on a long-lived signal stay.
 */
export class StallGuard implements Disposable {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #stallSeconds: number;
  #timer: NodeJS.Timeout | undefined;
  readonly #cancel = () => this.#controller.abort(new CancelledError());

  constructor(stallSeconds: number, outer: AbortSignal | undefined) {
    this.#stallSeconds = stallSeconds;
    this.#outer = outer;
    if (outer?.aborted) this.#cancel();
    outer?.addEventListener('abort', this.#cancel, { once: true });
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came: the wait starts anew. */
  heard(): void {
    if (this.#timer) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#controller.abort(
        new EarshotError(
          'download.stalled',
          `The server sent nothing for ${this.#stallSeconds} seconds.`,
          'Run it again: the download goes on where it stopped.',
        ),
      );
    }, this.#stallSeconds * 1000);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#cancel);
  }
}
