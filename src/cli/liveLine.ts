import type { CliIo } from './io.ts';
import { truncateToWidth } from './displayWidth.ts';

const CLEAR_LINE = '\r\u001B[2K';
const DEFAULT_COLUMNS = 80;

/** One line at the bottom of a terminal that is written over again and again. */
export class LiveLine {
  readonly #io: CliIo;
  readonly #timer: NodeJS.Timeout;

  /** @param text gives what the line says now. */
  constructor(io: CliIo, text: () => string, milliseconds = 250) {
    this.#io = io;
    const draw = (): void => {
      const { columns = 0 } = io.stderr;
      io.stderr.write(
        CLEAR_LINE + truncateToWidth(text(), (columns > 0 ? columns : DEFAULT_COLUMNS) - 1),
      );
    };
    draw();
    this.#timer = setInterval(draw, milliseconds);
    this.#timer.unref();
  }

  /** Takes the line away. */
  close(): void {
    clearInterval(this.#timer);
    this.#io.stderr.write(CLEAR_LINE);
  }
}
