import type { Samples } from './samples.ts';

/** Decoded audio that may still be growing, for stages that start before decoding has ended. */
export class AudioFeed {
  readonly path: string;
  #samples: Samples = 0;
  #complete = false;
  #failure: Error | null = null;
  #waiters: { samples: Samples; wake: () => void }[] = [];

  constructor(path: string) {
    this.path = path;
  }

  /** Audio that has been there before. */
  static of(path: string, samples: Samples): AudioFeed {
    const feed = new AudioFeed(path);
    feed.end(samples);
    return feed;
  }

  get samples(): Samples {
    return this.#samples;
  }
  get complete(): boolean {
    return this.#complete;
  }

  /** Says that so many samples are on disk. */
  advance(samples: Samples): void {
    this.#samples = samples;
    this.#wake();
  }

  end(samples: Samples): void {
    this.#complete = true;
    this.advance(samples);
  }

  fail(error: unknown): void {
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#wake();
  }

  /** Waits until there are at least so many samples, or all there are. @throws what the decoder failed with */
  async waitFor(samples: Samples): Promise<void> {
    if (this.#samples < samples && !this.#complete && this.#failure === null) {
      await new Promise<void>((wake) => this.#waiters.push({ samples, wake }));
    }
    if (this.#failure !== null) throw this.#failure;
  }

  #wake(): void {
    const all = this.#complete || this.#failure !== null;
    const ready = this.#waiters.filter(({ samples }) => all || samples <= this.#samples);
    this.#waiters = this.#waiters.filter((waiter) => !ready.includes(waiter));
    for (const { wake } of ready) wake();
  }
}
