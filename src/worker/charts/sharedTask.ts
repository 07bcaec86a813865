/** A piece of work that several wait for, each with its own signal; it is aborted when all of them have given up. */
export class SharedTask<T, P> {
  readonly #result: Promise<T>;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<(progress: P) => void>();
  #over = false;

  /** Begins the work at once. */
  constructor(work: (signal: AbortSignal, tell: (progress: P) => void) => Promise<T>) {
    this.#result = work(this.#stop.signal, (progress) => {
      for (const tell of this.#waiting) tell(progress);
    }).finally(() => (this.#over = true));
    // Whoever waits hears of it; there may be nobody left.
    this.#result.catch(() => undefined);
  }

  /** Whether there is nothing to wait for any more: it has ended, or all gave up. */
  get isOver(): boolean {
    return this.#over || this.#stop.signal.aborted;
  }

  /** The result of the work. @throws what the work throws; the reason of the signal once it is aborted */
  async wait(
    signal?: AbortSignal,
    onProgress: (progress: P) => void = () => undefined,
  ): Promise<T> {
    signal?.throwIfAborted();
    const tell = (progress: P): void => onProgress(progress);
    this.#waiting.add(tell);
    try {
      return signal === undefined ? await this.#result : await abortable(this.#result, signal);
    } finally {
      this.#waiting.delete(tell);
      if (this.#waiting.size === 0) this.#stop.abort();
    }
  }
}

function abortable<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    void result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
