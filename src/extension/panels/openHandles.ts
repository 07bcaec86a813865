/** Something that the worker holds for a page until it is closed. */
export interface Handle {
  readonly kind: 'chart' | 'diff';
  readonly id: string;
  /** The charts that it stands for: itself, or the two sides of a diff. */
  readonly charts: readonly string[];
}

/**
 * What the pages of one panel have opened in the worker. A page that was hidden comes back as a new one that opens the
 * same again: what the old one held is closed only then, so that the worker need not read it twice.
 */
export class OpenHandles {
  readonly #close: (handle: Handle) => void;
  #held: Handle[] = [];
  #left: Handle[] = [];
  #over = false;

  /** @param close tells the worker that a handle is not needed any longer. */
  constructor(close: (handle: Handle) => void) {
    this.#close = close;
  }

  /** A page opened it; at once closed again where the panel has gone meanwhile. */
  opened(handle: Handle): void {
    if (this.#over) {
      this.#close(handle);
      return;
    }
    this.#held.push(handle);
    this.#closeLeft();
  }

  /** The page closed it itself. */
  closed(kind: Handle['kind'], id: string): void {
    const at = this.#held.findIndex((held) => held.kind === kind && held.id === id);
    if (at >= 0) this.#held.splice(at, 1);
  }

  holds(chart: string): boolean {
    return this.#held.some(({ charts }) => charts.includes(chart));
  }

  /** The page has gone and may come back. */
  leave(): void {
    this.#left.push(...this.#held);
    this.#held = [];
  }

  /** The worker has gone, and with it all handles. */
  forget(): void {
    this.#held = [];
    this.#left = [];
  }

  /** Nothing that was opened is of use any more; what is opened from now on may be. */
  closeAll(): void {
    this.leave();
    this.#closeLeft();
  }

  /** The panel has gone for good. */
  end(): void {
    this.#over = true;
    this.closeAll();
  }

  #closeLeft(): void {
    const left = this.#left;
    this.#left = [];
    for (const handle of left) this.#close(handle);
  }
}
