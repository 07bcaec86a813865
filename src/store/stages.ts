import type { StageId } from '../protocol/stage.ts';
import type { LibraryDatabase } from './open.ts';

export interface StageRow {
  readonly key: string;
  readonly done: boolean;
  /** What the stage made, as JSON; null while it runs. */
  readonly artefact: string | null;
}

/** Stages of videos and the units of work they are made of. A unit is committed once, whole. */
export class Stages {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  get(videoId: string, stage: StageId): StageRow | undefined {
    const row = this.#database
      .prepare<[string, string], { key: string; done: number; artefact: string | null }>(
        'SELECT key, done, artefact FROM stages WHERE video_id = ? AND stage = ?',
      )
      .get(videoId, stage);
    return row && { key: row.key, done: row.done === 1, artefact: row.artefact };
  }

  /** Starts a stage, or goes on with it when its key is the same; under another key its old units are dropped. */
  begin(videoId: string, stage: StageId, key: string): void {
    const begin = this.#database.transaction(() => {
      if (this.get(videoId, stage)?.key === key) return;
      this.#database
        .prepare('DELETE FROM stages WHERE video_id = ? AND stage = ?')
        .run(videoId, stage);
      this.#database
        .prepare('INSERT INTO stages (video_id, stage, key, done) VALUES (?, ?, ?, 0)')
        .run(videoId, stage, key);
    });
    begin.immediate();
  }

  finish(videoId: string, stage: StageId, artefact: string): void {
    this.#database
      .prepare('UPDATE stages SET done = 1, artefact = ? WHERE video_id = ? AND stage = ?')
      .run(artefact, videoId, stage);
  }

  /** Forgets a stage and its units, so that it is done again. */
  forget(videoId: string, stages: readonly StageId[]): void {
    const forget = this.#database.transaction(() => {
      for (const stage of stages) {
        this.#database
          .prepare('DELETE FROM stages WHERE video_id = ? AND stage = ?')
          .run(videoId, stage);
      }
    });
    forget.immediate();
  }

  unit(videoId: string, stage: StageId, unit: string): Buffer | undefined {
    return this.#database
      .prepare<[string, string, string], { payload: Buffer }>(
        'SELECT payload FROM units WHERE video_id = ? AND stage = ? AND unit = ?',
      )
      .get(videoId, stage, unit)?.payload;
  }

  /** Commits a unit. A second commit of the same unit is the same work again and changes nothing. */
  putUnit(videoId: string, stage: StageId, unit: string, payload: Uint8Array): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO units (video_id, stage, unit, payload) VALUES (?, ?, ?, ?)')
      .run(videoId, stage, unit, payload);
  }
}
