import { EarshotError } from '../pipeline/earshotError.ts';
import type { LibraryDatabase } from './open.ts';

/** The body of one request of a run that is being received. */
export interface LivePiece {
  readonly signal: string;
  readonly contentType: string;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  readonly body: Buffer;
}

export interface StoredPiece extends LivePiece {
  /** From 0, in the order of arrival. */
  readonly ordinal: number;
}

const COLUMNS = 'ordinal, signal, content_type AS contentType, received_at AS receivedAt, body';

/**
 * Runs that arrive in pieces. The run is in the list of runs from its beginning, as running; what arrived stays even
 * where the receiving process is killed, and becomes a run like any other at its end, or when it is next looked at.
 */
export class LivePieces {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  /** Puts a run that has just begun into the list of runs. */
  begin(run: { id: string; name: string; series: string; startedAt: string }): void {
    this.#database
      .prepare(
        `INSERT INTO runs (id, video_id, kind, name, status, started_at, run, series)
         VALUES (?, NULL, 'trace', ?, 'running', ?, ?, ?)`,
      )
      .run(run.id, run.name, run.startedAt, Buffer.alloc(0), run.series);
  }

  /**
   * Adds pieces in one transaction.
   *
   * @param first ordinal of the first of them
   * @throws EarshotError `listen.run-gone` where the run was removed or ended meanwhile
   */
  append(runId: string, first: number, pieces: readonly LivePiece[]): void {
    const insert = this.#database.prepare(
      `INSERT INTO live_pieces (run_id, ordinal, signal, content_type, received_at, body)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    const append = this.#database.transaction(() => {
      if (!this.#isRunning(runId)) throw runGone(runId);
      pieces.forEach(({ signal, contentType, receivedAt, body }, i) => {
        insert.run(runId, first + i, signal, contentType, receivedAt, body);
      });
    });
    append.immediate();
  }

  /** The pieces of a run one by one, so that only one of them is in memory. */
  *of(runId: string): Generator<StoredPiece> {
    const next = this.#database.prepare<[string, number], StoredPiece>(
      `SELECT ${COLUMNS} FROM live_pieces WHERE run_id = ? AND ordinal > ? ORDER BY ordinal LIMIT 1`,
    );
    for (let last = -1; ;) {
      const piece = next.get(runId, last);
      if (piece === undefined) return;
      yield piece;
      last = piece.ordinal;
    }
  }

  /** Pieces and bytes of a run so far. */
  size(runId: string): { readonly pieces: number; readonly bytes: number } {
    return (
      this.#database
        .prepare<[string], { pieces: number; bytes: number }>(
          `SELECT COUNT(*) AS pieces, COALESCE(SUM(length(body)), 0) AS bytes
           FROM live_pieces WHERE run_id = ?`,
        )
        .get(runId) ?? { pieces: 0, bytes: 0 }
    );
  }

  /**
   * Removes the pieces of a run together with what `store` does: both happen, or neither. False, and nothing happens,
   * where the run is gone or was stored by somebody else meanwhile.
   */
  consolidate(runId: string, store: () => void): boolean {
    const consolidate = this.#database.transaction((): boolean => {
      if (!this.#isRunning(runId)) return false;
      store();
      this.#database.prepare('DELETE FROM live_pieces WHERE run_id = ?').run(runId);
      return true;
    });
    return consolidate.immediate();
  }

  /** Removes pieces that belong to no run which could still be made of them. */
  removeStrays(): void {
    this.#database
      .prepare(
        "DELETE FROM live_pieces WHERE run_id NOT IN (SELECT id FROM runs WHERE status = 'running')",
      )
      .run();
  }

  #isRunning(runId: string): boolean {
    const row = this.#database
      .prepare<[string]>("SELECT 1 FROM runs WHERE id = ? AND status = 'running'")
      .get(runId);
    return row !== undefined;
  }
}

/** What a listener is told whose run is no longer there to be added to. */
export function runGone(runId: string): EarshotError {
  return new EarshotError(
    'listen.run-gone',
    `Run ${runId} was removed or ended by another process while it was being received.`,
    'Listen again.',
  );
}
