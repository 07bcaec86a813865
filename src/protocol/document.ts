import { z } from 'zod';

/** Where a segment stands in the text of a transcript document; lines and characters count from 0. */
export const DocumentSegment = z.object({
  line: z.number().int(),
  startCharacter: z.number().int(),
  endCharacter: z.number().int(),
  start: z.number(),
  end: z.number(),
  speaker: z.string(),
  confidence: z.number(),
  embedding: z.enum(['own', 'widened', 'borrowed', 'none']),
  flags: z.array(z.string()),
});
export type DocumentSegment = z.infer<typeof DocumentSegment>;

/** A foldable part: a chapter or a turn. */
export const DocumentSection = z.object({
  kind: z.enum(['chapter', 'turn']),
  title: z.string(),
  startLine: z.number().int(),
  endLine: z.number().int(),
  start: z.number(),
  /** Opens the source at that second; null for a local file, which has no address for a second. */
  link: z.string().nullable(),
});
export type DocumentSection = z.infer<typeof DocumentSection>;

/** A transcript as readable Markdown-like text, with the map from text to segments. */
export const TranscriptDocument = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  text: z.string(),
  segments: z.array(DocumentSegment),
  sections: z.array(DocumentSection),
});
export type TranscriptDocument = z.infer<typeof TranscriptDocument>;
