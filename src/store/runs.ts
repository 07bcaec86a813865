import type { LibraryDatabase } from './open.ts';

export interface RunRow {
  readonly id: string;
  readonly videoId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly startedAt: string;
  /** The encoded run. */
  readonly run: Buffer;
}

const COLUMNS = 'id, video_id AS videoId, kind, name, status, started_at AS startedAt, run';

/** Recorded runs, encoded by the profiler. */
export class Runs {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  put(row: RunRow): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO runs (id, video_id, kind, name, status, started_at, run)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(row.id, row.videoId, row.kind, row.name, row.status, row.startedAt, row.run);
  }

  get(id: string): RunRow | undefined {
    return this.#database
      .prepare<[string], RunRow>(`SELECT ${COLUMNS} FROM runs WHERE id = ?`)
      .get(id);
  }

  /** The newest run of a video that did something. */
  last(videoId: string): RunRow | undefined {
    return this.#database
      .prepare<[string], RunRow>(
        `SELECT ${COLUMNS} FROM runs WHERE video_id = ? AND kind = 'ingest'
         ORDER BY started_at DESC, id DESC LIMIT 1`,
      )
      .get(videoId);
  }
}
