import type { CliIo, StopSignal } from './io.ts';
import { EXIT } from './exitCodes.ts';

const STOP_SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A signal of a terminal can arrive twice, once by way of a parent process; people are slower than that. */
const SAME_SIGNAL_MILLISECONDS = 100;

/** Turns the first stop signal into a cancellation of the work and the second into the end of the process. */
export class Cancellation {
  readonly #controller = new AbortController();
  readonly #io: CliIo;
  readonly #makeRoom = new Set<() => void>();
  readonly #stopListening: readonly (() => void)[];
  #firstAt: number | null = null;
  #receiver: ((signal: StopSignal) => void) | null = null;

  constructor(io: CliIo) {
    this.#io = io;
    this.#stopListening = STOP_SIGNALS.map((signal) =>
      io.onSignal(signal, () => {
        if (this.#receiver === null) this.#stop();
        else this.#receiver(signal);
      }),
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Has the terminal put right (bars, a hidden cursor) when a signal comes; gives back how to take that off. */
  onStop(makeRoom: () => void): () => void {
    this.#makeRoom.add(makeRoom);
    return () => this.#makeRoom.delete(makeRoom);
  }

  /** Leaves the signals to somebody else, for whom they are meant; gives back how to take them again. */
  handOver(receiver: (signal: StopSignal) => void): () => void {
    this.#receiver = receiver;
    return () => {
      this.#receiver = null;
    };
  }

  dispose(): void {
    for (const stop of this.#stopListening) stop();
  }

  #stop(): void {
    const now = this.#io.now();
    for (const makeRoom of this.#makeRoom) makeRoom();
    if (this.#firstAt === null) {
      this.#firstAt = now;
      const hint = 'Finishing the unit in progress; what is done is kept and can be resumed.';
      this.#io.stderr.write(`\n${hint} Once more to stop at once.\n`);
      this.#controller.abort();
    } else if (now - this.#firstAt >= SAME_SIGNAL_MILLISECONDS) {
      this.#io.exit(EXIT.cancelled);
    }
  }
}
