import { basename } from 'node:path';
import type { Cancellation } from './cancellation.ts';
import { truncateToWidth } from './displayWidth.ts';
import type { CliIo } from './io.ts';
import type { Output } from './output.ts';
import { bytesText, durationText, percentText } from './quantities.ts';

/** Milliseconds that an import may take without a word. */
const QUIET_FOR = 500;
const LINE_EVERY = 100;
const DEFAULT_COLUMNS = 80;

/** Shows on a terminal how far a long import is: one line that is written over. */
export class ImportProgress {
  readonly #io: CliIo;
  readonly #shows: boolean;
  readonly #forget: () => void;
  #file = '';
  #startedAt = 0;
  #lastAt = 0;
  #shown = false;

  constructor(io: CliIo, output: Output, cancellation: Cancellation) {
    this.#io = io;
    const terminal = io.stderr.isTTY === true && io.env['TERM'] !== 'dumb';
    this.#shows = terminal && !output.json && !output.quiet;
    this.#forget = cancellation.onStop(() => this.clear());
  }

  /** @param size null where it is not known. */
  show(file: string, bytes: number, size: number | null): void {
    if (!this.#shows) return;
    const now = this.#io.now();
    if (file !== this.#file) {
      this.#file = file;
      this.#startedAt = now;
    }
    const elapsed = now - this.#startedAt;
    if (elapsed < QUIET_FOR || now - this.#lastAt < LINE_EVERY) return;
    this.#lastAt = now;
    const perSecond = (bytes / elapsed) * 1000;
    const parts = [
      `Reading ${basename(file)}`,
      size === null ? bytesText(bytes) : percentText(bytes / Math.max(1, size), 0),
      `${bytesText(perSecond)}/s`,
      ...(size === null ? [] : [`about ${durationText((size - bytes) / perSecond)} left`]),
    ];
    const columns = this.#io.stderr.columns ?? DEFAULT_COLUMNS;
    this.#io.stderr.write(`\r\u001b[2K${truncateToWidth(parts.join('  '), columns - 1)}`);
    this.#shown = true;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.#io.stderr.write('\r\u001b[2K');
    this.#shown = false;
  }

  dispose(): void {
    this.clear();
    this.#forget();
  }
}
