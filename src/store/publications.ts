import type { LibraryDatabase } from './open.ts';

/** A segment as it is published: its text is searchable, its vectors comparable. */
export interface PublishedSegment {
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
  readonly text: string;
  /** 256 float32, unit length; null for a borrowed label. */
  readonly voice: Float32Array | null;
  /** 384 float32, unit length. */
  readonly meaning: Float32Array;
}

export interface Publication {
  readonly videoId: string;
  readonly runId: string;
  /** Gives the result as JSON, in the shape of the command line's last line; asked for last. */
  readonly result: () => string;
  readonly segments: readonly PublishedSegment[];
  readonly speakers: readonly { readonly name: string; readonly centroid: Float32Array }[];
}

function blob(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** The published transcripts. */
export class Publications {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  /** Replaces what a video has published by this, all of it or nothing; `alongside` belongs to the same transaction. */
  publish(publication: Publication, alongside: () => void): void {
    const publish = this.#database.transaction(() => {
      const { videoId } = publication;
      for (const table of ['segments', 'speakers', 'publications']) {
        this.#database.prepare(`DELETE FROM ${table} WHERE video_id = ?`).run(videoId);
      }
      const segment = this.#database.prepare(
        `INSERT INTO segments (video_id, ordinal, start_seconds, end_seconds, speaker, text, voice)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      );
      const meaning = this.#database.prepare(
        'INSERT INTO segment_meanings (segment_id, embedding) VALUES (?, ?)',
      );
      publication.segments.forEach((row, ordinal) => {
        const voice = row.voice && blob(row.voice);
        const { lastInsertRowid } = segment.run(
          ...[videoId, ordinal, row.start, row.end, row.speaker, row.text, voice],
        );
        meaning.run(BigInt(lastInsertRowid), blob(row.meaning));
      });
      publication.speakers.forEach((speaker, ordinal) => {
        this.#database
          .prepare('INSERT INTO speakers (video_id, ordinal, name, centroid) VALUES (?, ?, ?, ?)')
          .run(videoId, ordinal, speaker.name, blob(speaker.centroid));
      });
      alongside();
      this.#database
        .prepare('INSERT INTO publications (video_id, run_id, result) VALUES (?, ?, ?)')
        .run(videoId, publication.runId, publication.result());
    });
    publish.immediate();
  }

  /** The published result as JSON. */
  result(videoId: string): string | undefined {
    return this.#database
      .prepare<[string], { result: string }>('SELECT result FROM publications WHERE video_id = ?')
      .get(videoId)?.result;
  }
}
