import { LogCollector } from '../logs/logCollector.ts';
import type { RunBuilder } from '../model/runBuilder.ts';
import type { TrackId } from '../model/units.ts';

/** Reading lines may take this share of the time, and this much beforehand. */
const READING_SHARE = 0.05;
const READING_AHEAD_MS = 500;
const NEW_LINE = 10;

/**
 * Reads what a program prints on one stream as log lines, at the time of their arrival. Output that comes faster than it
 * can be read at small cost, and output that is no text, is left out and counted: it would slow the program down.
 */
export class OutputLog {
  readonly #collector: LogCollector;
  readonly #begunMs = performance.now();
  #spentMs = 0;
  #skipping = false;
  #binary: boolean | null = null;
  /** Bytes that were not read. */
  skippedBytes = 0;

  /**
   * @param patterns a person's patterns of lines (LogPattern).
   * @throws ProfilerError `log.invalid-pattern`
   */
  constructor(
    builder: RunBuilder,
    name: 'stdout' | 'stderr',
    track: TrackId,
    patterns: readonly unknown[] = [],
  ) {
    this.#collector = new LogCollector(builder, { file: name, track, clock: 'arrival', patterns });
  }

  /** @param timeNs nanoseconds of the run. */
  chunk(bytes: Buffer, timeNs: number): void {
    this.#binary ??= bytes.subarray(0, 1024).includes(0);
    const nowMs = performance.now();
    const mayTakeMs = READING_AHEAD_MS + (nowMs - this.#begunMs) * READING_SHARE;
    if (this.#binary || this.#spentMs > mayTakeMs) {
      this.#skipping = true;
      this.skippedBytes += bytes.length;
      return;
    }
    let text = bytes;
    if (this.#skipping) {
      // The middle of a line would be taken for a whole one.
      const from = bytes.indexOf(NEW_LINE) + 1;
      this.skippedBytes += from === 0 ? bytes.length : from;
      if (from === 0) return;
      text = bytes.subarray(from);
      this.#collector.end();
      this.#skipping = false;
    }
    this.#collector.chunk(text, timeNs);
    this.#spentMs += performance.now() - nowMs;
  }

  end(): void {
    this.#collector.end();
  }
}
