import type { VideoState, VideoSummary } from '../protocol/library.ts';
import type { StageId } from '../protocol/stage.ts';
import type { LibraryDatabase } from './open.ts';

/** A video as stored; `metadata` is what the source says of itself. */
export interface VideoRow {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly state: VideoState;
  readonly stage: StageId | null;
  readonly durationSeconds: number | null;
  readonly language: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly metadata: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastRunId: string | null;
}

/** What may change of a video. */
export type VideoChange = Partial<Omit<VideoRow, 'id' | 'source' | 'createdAt' | 'updatedAt'>>;

const COLUMNS = `id, source, title, state, stage, duration_seconds AS durationSeconds, language,
  error_code AS errorCode, error_message AS errorMessage, metadata, created_at AS createdAt,
  updated_at AS updatedAt, last_run_id AS lastRunId`;

const COLUMN_OF: Readonly<Record<keyof VideoChange, string>> = {
  title: 'title',
  state: 'state',
  stage: 'stage',
  durationSeconds: 'duration_seconds',
  language: 'language',
  errorCode: 'error_code',
  errorMessage: 'error_message',
  metadata: 'metadata',
  lastRunId: 'last_run_id',
};

/** The videos of the library. */
export class Videos {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  get(id: string): VideoRow | undefined {
    return this.#database
      .prepare<[string], VideoRow>(`SELECT ${COLUMNS} FROM videos WHERE id = ?`)
      .get(id);
  }

  /** Videos whose id starts with this, for abbreviations on the command line. */
  byPrefix(prefix: string): VideoRow[] {
    return this.#database
      .prepare<[number, string], VideoRow>(
        `SELECT ${COLUMNS} FROM videos WHERE substr(id, 1, ?) = ?`,
      )
      .all(prefix.length, prefix);
  }

  insert(id: string, source: string, title: string, now: string): void {
    this.#database
      .prepare(
        `INSERT INTO videos (id, source, title, state, created_at, updated_at)
         VALUES (?, ?, ?, 'ingesting', ?, ?)`,
      )
      .run(id, source, title, now, now);
  }

  update(id: string, change: VideoChange, now: string): void {
    const entries = Object.entries(change) as [keyof VideoChange, string | number | null][];
    const assignments = entries.map(([name]) => `${COLUMN_OF[name]} = ?`);
    this.#database
      .prepare(`UPDATE videos SET ${[...assignments, 'updated_at = ?'].join(', ')} WHERE id = ?`)
      .run(...entries.map(([, value]) => value), now, id);
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM videos WHERE id = ?').run(id);
  }

  /** The library's lines, newest first; speakers and coverage are those of the published transcript. */
  summaries(): VideoSummary[] {
    const rows = this.#database
      .prepare<[], Omit<VideoSummary, 'coverage'> & { own: number; segments: number }>(
        `SELECT v.id, v.title, v.source, v.state, v.stage, v.duration_seconds AS durationSeconds,
           v.language, v.error_message AS errorMessage, v.created_at AS createdAt,
           v.updated_at AS updatedAt, v.last_run_id AS lastRunId,
           (SELECT count(DISTINCT speaker) FROM segments WHERE video_id = v.id) AS speakers,
           (SELECT count(*) FROM segments WHERE video_id = v.id) AS segments,
           (SELECT count(voice) FROM segments WHERE video_id = v.id) AS own
         FROM videos v ORDER BY v.created_at DESC, v.id`,
      )
      .all();
    return rows.map(({ own, segments, ...row }) => ({
      ...row,
      speakers: segments > 0 ? row.speakers : null,
      coverage: segments > 0 ? own / segments : null,
    }));
  }
}
