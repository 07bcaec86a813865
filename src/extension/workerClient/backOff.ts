const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8000;
const MAX_ATTEMPTS = 5;
/** A worker that ran this long was healthy: the next crash counts as the first. */
const HEALTHY_MS = 60_000;

/** Decides whether a worker that ended is started again, and when: doubling delays, a handful of times. */
export class BackOff {
  #attempts = 0;

  /** @param uptimeMs how long the worker ran before it ended. */
  next(uptimeMs: number): { readonly delayMs: number; readonly attempt: number } | undefined {
    if (uptimeMs >= HEALTHY_MS) this.#attempts = 0;
    if (this.#attempts >= MAX_ATTEMPTS) return undefined;
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#attempts, MAX_DELAY_MS);
    this.#attempts++;
    return { delayMs, attempt: this.#attempts };
  }

  reset(): void {
    this.#attempts = 0;
  }
}
