import type { CliIo, StopSignal } from './io.ts';
import { EXIT } from './exitCodes.ts';

const STOP_SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A signal of a terminal can arrive twice, once by way of a parent process; people are slower than that. */
const SAME_SIGNAL_MILLISECONDS = 100;

/** Turns the first stop signal into a cancellation of the work and the second into the end of the process. */
export class Cancellation {
  readonly #controller = new AbortController();
  readonly #io: CliIo;
  readonly #beforeExit = new Set<() => void>();
  readonly #stopListening: readonly (() => void)[];
  #firstAt: number | null = null;

  constructor(io: CliIo) {
    this.#io = io;
    this.#stopListening = STOP_SIGNALS.map((signal) => io.onSignal(signal, () => this.#stop()));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Has something put right (a hidden cursor) before the process is ended at once; gives back how to take it off. */
  beforeExit(restore: () => void): () => void {
    this.#beforeExit.add(restore);
    return () => this.#beforeExit.delete(restore);
  }

  dispose(): void {
    for (const stop of this.#stopListening) stop();
  }

  #stop(): void {
    const now = this.#io.now();
    if (this.#firstAt === null) {
      this.#firstAt = now;
      const hint = 'Finishing the unit in progress; what is done is kept and can be resumed.';
      this.#io.stderr.write(`\n${hint} Once more to stop at once.\n`);
      this.#controller.abort();
    } else if (now - this.#firstAt >= SAME_SIGNAL_MILLISECONDS) {
      for (const restore of this.#beforeExit) restore();
      this.#io.exit(EXIT.cancelled);
    }
  }
}
