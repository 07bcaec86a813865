import { z } from 'zod';

/**
 * Where a segment's voice embedding came from: `own` audio; `widened` into the same turn around it; `borrowed` label
 * with no vector stored; `none`.
 */
export const EmbeddingClass = z.enum(['own', 'widened', 'borrowed', 'none']);
export type EmbeddingClass = z.infer<typeof EmbeddingClass>;

/** A stretch of speech by one speaker with its text. Times are seconds from the start of the media. */
export const Segment = z.object({
  start: z.number(),
  end: z.number(),
  speaker: z.string(),
  text: z.string(),
  /** 0..1: geometric mean of the probabilities of the chosen tokens. */
  confidence: z.number(),
  embedding: EmbeddingClass,
  /** Why the text should be read with care: `loop`, `cut-off`, `recut`, `split`, `low-confidence`. */
  flags: z.array(z.string()).optional(),
});
export type Segment = z.infer<typeof Segment>;

export const Speaker = z.object({
  /** Stable within the transcript: `Speaker 1`, `Speaker 2`, … by first appearance. */
  name: z.string(),
  speechSeconds: z.number(),
  segments: z.number(),
});
export type Speaker = z.infer<typeof Speaker>;

export const SpeakerTurn = z.object({ start: z.number(), end: z.number(), speaker: z.string() });
export type SpeakerTurn = z.infer<typeof SpeakerTurn>;

export const Chapter = z.object({ title: z.string(), start: z.number(), end: z.number() });
export type Chapter = z.infer<typeof Chapter>;

export const Transcript = z.object({
  title: z.string(),
  /** The URL or absolute path that was ingested. */
  source: z.string(),
  segments: z.array(Segment),
  speakers: z.array(Speaker),
  /** BCP 47; what the recognition model is for, or what the source says. */
  language: z.string(),
  /** Set when the speech does not seem to be in the language of the recognition model. */
  languageWarning: z.string().nullable(),
  durationSeconds: z.number(),
  chapters: z.array(Chapter),
  /** Who speaks when, to the edges of the voices, overlaps included; segments hold pauses within a sentence as well. */
  turns: z.array(SpeakerTurn).optional(),
});
export type Transcript = z.infer<typeof Transcript>;

export const LedgerBucket = z.object({
  name: z.string(),
  reason: z.string().optional(),
  amount: z.number(),
  /** Rounded so that the buckets of a ledger sum to exactly 100.00. */
  percent: z.number(),
});
export const Ledger = z.object({
  unit: z.string(),
  total: z.number(),
  buckets: z.array(LedgerBucket),
});
export type Ledger = z.infer<typeof Ledger>;

/** Every second of the audio in one bucket, every segment in one embedding class. */
export const Ledgers = z.object({ audio: Ledger, embeddings: Ledger });
export type Ledgers = z.infer<typeof Ledgers>;
