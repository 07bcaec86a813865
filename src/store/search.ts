import type { SearchHit } from '../protocol/library.ts';
import type { LibraryDatabase } from './open.ts';

const HIT = `s.video_id AS videoId, v.title, v.source, s.start_seconds AS start,
  s.end_seconds AS end, s.speaker, s.text, s.ordinal AS segment`;

/**
 * Segments that hold all the words, best first. The text is words, not a query language: every word is quoted, the last
 * one also matches as a beginning, so that search works while typing.
 */
export function searchWords(database: LibraryDatabase, text: string, limit: number): SearchHit[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  if (words.length === 0) return [];
  const query = `${words.map((word) => `"${word}"`).join(' ')}*`;
  return database
    .prepare<[string, number], SearchHit>(
      `SELECT ${HIT}, snippet(segment_words, 0, '[', ']', '…', 24) AS snippet,
         -bm25(segment_words) AS score
       FROM segment_words
       JOIN segments s ON s.id = segment_words.rowid
       JOIN videos v ON v.id = s.video_id
       WHERE segment_words MATCH ? ORDER BY score DESC, s.id LIMIT ?`,
    )
    .all(query, limit);
}

/** Segments nearest in meaning, best first. @param vector 384 float32 of unit length */
export function searchMeaning(
  database: LibraryDatabase,
  vector: Float32Array,
  limit: number,
): SearchHit[] {
  const blob = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return database
    .prepare<[Buffer, number], SearchHit>(
      `SELECT ${HIT}, s.text AS snippet, 1 - m.distance AS score
       FROM (SELECT segment_id, distance FROM segment_meanings WHERE embedding MATCH ? AND k = ?) m
       JOIN segments s ON s.id = m.segment_id
       JOIN videos v ON v.id = s.video_id
       ORDER BY score DESC, s.id`,
    )
    .all(blob, limit);
}
