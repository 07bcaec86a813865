/** Progress of a transfer; sizes in bytes, null where the other side does not say. */
export type TransferProgress = {
  readonly doneBytes: number;
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number;
  readonly etaSeconds: number | null;
};

/** Time constant of the smoothing: a rate follows a change within some seconds and does not flicker. */
const SMOOTHING_SECONDS = 3;
const MIN_INTERVAL_SECONDS = 0.1;

/**
 * Turns byte counts into progress with a smoothed rate, at most ten times a second.
 *
 * The clock is given in seconds so that tests need not wait.
 */
export class TransferRate {
  readonly #report: (progress: TransferProgress) => void;
  readonly #nowSeconds: () => number;
  #lastSeconds: number;
  #lastBytes: number;
  #bytesPerSecond: number | null = null;
  #reported = false;

  /** `startBytes` were there already and do not count into the rate. */
  constructor(
    startBytes: number,
    report: (progress: TransferProgress) => void,
    nowSeconds: () => number = () => performance.now() / 1000,
  ) {
    this.#report = report;
    this.#nowSeconds = nowSeconds;
    this.#lastSeconds = nowSeconds();
    this.#lastBytes = startBytes;
  }

  /** Tells the amount done; `force` reports also within the interval (the last one of a transfer). */
  update(doneBytes: number, totalBytes: number | null, force = false): void {
    const now = this.#nowSeconds();
    const elapsed = now - this.#lastSeconds;
    if (elapsed < MIN_INTERVAL_SECONDS && !force && this.#reported) return;
    // The very first count is told at once; a rate over so short a time would be noise.
    if (elapsed >= MIN_INTERVAL_SECONDS || (force && elapsed > 0)) {
      const current = Math.max(0, doneBytes - this.#lastBytes) / elapsed;
      const weight = 1 - Math.exp(-elapsed / SMOOTHING_SECONDS);
      this.#bytesPerSecond =
        this.#bytesPerSecond === null
          ? current
          : this.#bytesPerSecond + weight * (current - this.#bytesPerSecond);
      this.#lastSeconds = now;
      this.#lastBytes = doneBytes;
    }
    this.#reported = true;
    const bytesPerSecond = this.#bytesPerSecond ?? 0;
    const etaSeconds =
      totalBytes === null || bytesPerSecond === 0
        ? null
        : Math.max(0, totalBytes - doneBytes) / bytesPerSecond;
    this.#report({ doneBytes, totalBytes, bytesPerSecond, etaSeconds });
  }
}
