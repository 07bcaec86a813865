import { CancelledError } from '../pipeline/earshotError.ts';

interface Place {
  readonly start: () => void;
  readonly tell: (ahead: number) => void;
}

/** Runs one task at a time, in order; a task that is cancelled while it waits leaves the queue at once. */
export class SerialQueue {
  readonly #waiting: Place[] = [];
  #busy = false;

  /** @param tell hears how many are ahead, whenever that changes, and 0 at the start. */
  async run<T>(
    task: () => Promise<T>,
    signal: AbortSignal,
    tell: (ahead: number) => void,
  ): Promise<T> {
    if (this.#busy) await this.#wait(signal, tell);
    this.#busy = true;
    try {
      signal.throwIfAborted();
      tell(0);
      return await task();
    } catch (error) {
      throw error === signal.reason ? new CancelledError() : error;
    } finally {
      this.#next();
    }
  }

  #wait(signal: AbortSignal, tell: (ahead: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(place), 1);
        this.#tellAll();
        reject(new CancelledError());
      };
      const place: Place = {
        tell,
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#waiting.push(place);
      signal.addEventListener('abort', leave, { once: true });
      this.#tellAll();
    });
  }

  #next(): void {
    const next = this.#waiting.shift();
    // The place passes on without a gap, else a newcomer could slip in before the one that was woken.
    this.#busy = next !== undefined;
    next?.start();
    this.#tellAll();
  }

  #tellAll(): void {
    this.#waiting.forEach(({ tell }, index) => tell(index + 1));
  }
}
