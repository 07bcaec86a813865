import type { Cancellation } from './cancellation.ts';
import { truncateToWidth } from './displayWidth.ts';
import type { CliIo } from './io.ts';
import type { Output } from './output.ts';
import { durationText } from './quantities.ts';

/** Milliseconds between lines where there is no terminal. */
const LINE_EVERY = 15_000;
const DEFAULT_COLUMNS = 80;

/**
 * Shows how a series of runs goes on: one line that is written over on a terminal, a line now and then elsewhere, and with
 * `--json` a record of type `progress` for each step.
 */
export class RunsProgress {
  readonly #io: CliIo;
  readonly #output: Output;
  readonly #live: boolean;
  readonly #forget: () => void;
  readonly #startedAt: number;
  #lastLineAt: number | null = null;
  #shown = false;

  constructor(io: CliIo, output: Output, cancellation: Cancellation) {
    this.#io = io;
    this.#output = output;
    this.#startedAt = io.now();
    this.#live = io.stderr.isTTY === true && io.env['TERM'] !== 'dumb';
    this.#forget = cancellation.onStop(() => this.clear());
  }

  /**
   * @param done runs so far; with `planned` it gives the time that is left, as the runs so far took on average.
   * @param more what else there is to say: what runs next, how it stands.
   */
  show(done: number, planned: number, more: readonly string[]): void {
    if (this.#output.json) {
      const text = [`${done} of ${planned} runs`, ...more].filter(Boolean).join(' · ');
      this.#output.record({ type: 'progress', done, planned, text });
      return;
    }
    if (this.#output.quiet) return;
    const now = this.#io.now();
    const elapsed = (now - this.#startedAt) / 1000;
    const left = done > 0 ? (elapsed / done) * (planned - done) : null;
    const parts = [
      `${done} of ${planned} runs`,
      ...(left !== null && left > 0 ? [`about ${durationText(left)} left`] : []),
      ...more,
    ];
    const text = parts.filter(Boolean).join(' · ');
    if (this.#live) {
      const columns = (this.#io.stderr.columns ?? DEFAULT_COLUMNS) - 1;
      this.#io.stderr.write(`\r\u001b[2K${truncateToWidth(text, columns)}`);
      this.#shown = true;
    } else if (this.#lastLineAt === null || now - this.#lastLineAt >= LINE_EVERY) {
      this.#lastLineAt = now;
      this.#output.info(text);
    }
  }

  clear(): void {
    if (this.#shown) this.#io.stderr.write('\r\u001b[2K');
    this.#shown = false;
  }

  close(): void {
    this.clear();
    this.#forget();
  }
}
