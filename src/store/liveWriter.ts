import type { LivePiece, LivePieces } from './livePieces.ts';

/** Shortest time between two transactions: what arrives meanwhile goes into the next one. */
const BATCH_MILLISECONDS = 25;

interface Waiting {
  readonly piece: LivePiece;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes the pieces of a run as they come: at once where few come, in batches where many do. */
export class LiveWriter {
  readonly #pieces: LivePieces;
  readonly #runId: string;
  #next = 0;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;
  #lastAt = 0;

  constructor(pieces: LivePieces, runId: string) {
    this.#pieces = pieces;
    this.#runId = runId;
  }

  /** Ends when the piece is in the library, where other processes see it. */
  append(piece: LivePiece): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ piece, resolve, reject });
      const wait = Math.max(0, this.#lastAt + BATCH_MILLISECONDS - performance.now());
      this.#timer ??= setTimeout(() => this.flush(), wait);
    });
  }

  /** Writes what waits now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    try {
      const pieces = batch.map(({ piece }) => piece);
      this.#pieces.append(this.#runId, this.#next, pieces);
      this.#next += batch.length;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#lastAt = performance.now();
    }
  }
}
