import type { LibraryDatabase } from './open.ts';

export interface BaselineRow {
  readonly series: string;
  readonly runId: string;
  readonly acceptedAt: string;
  readonly note: string | null;
}

/** Which runs of a series were accepted as what later ones are held to. */
export class Baselines {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  /** Accepts a run; accepting it again changes the note and the time. */
  accept(row: BaselineRow): void {
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO baselines (series, run_id, accepted_at, note) VALUES (?, ?, ?, ?)',
      )
      .run(row.series, row.runId, row.acceptedAt, row.note);
  }

  /** Takes an acceptance back; false where there was none. */
  withdraw(series: string, runId: string): boolean {
    const statement = this.#database.prepare(
      'DELETE FROM baselines WHERE series = ? AND run_id = ?',
    );
    return statement.run(series, runId).changes > 0;
  }

  /** Accepted runs of a series, the newest last. */
  of(series: string): BaselineRow[] {
    return this.#database
      .prepare<[string], BaselineRow>(
        `SELECT series, run_id AS runId, accepted_at AS acceptedAt, note FROM baselines
         WHERE series = ? ORDER BY accepted_at, run_id`,
      )
      .all(series);
  }
}
