import { z } from 'zod';
import { FindingSummary } from './finding.ts';
import { StageId } from './stage.ts';

export const VideoState = z.enum(['ingesting', 'ready', 'failed', 'cancelled', 'interrupted']);
export type VideoState = z.infer<typeof VideoState>;

/** A line of the library. */
export const VideoSummary = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  state: VideoState,
  /** The stage that is running or that failed. */
  stage: StageId.nullable(),
  durationSeconds: z.number().nullable(),
  speakers: z.number().nullable(),
  /** Share of segments with an embedding of their own or widened audio. */
  coverage: z.number().nullable(),
  language: z.string().nullable(),
  errorMessage: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastRunId: z.string().nullable(),
});
export type VideoSummary = z.infer<typeof VideoSummary>;

export const SearchHit = z.object({
  videoId: z.string(),
  title: z.string(),
  source: z.string(),
  start: z.number(),
  end: z.number(),
  speaker: z.string(),
  text: z.string(),
  /** Text with the matching words between `[` and `]`; equal to the text for a semantic hit. */
  snippet: z.string(),
  /** Higher is better: BM25 turned round, or cosine. */
  score: z.number(),
  /** Index into the transcript's segments. */
  segment: z.number().int(),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const DoctorCheck = z.object({
  name: z.string(),
  status: z.enum(['ok', 'warning', 'error']),
  detail: z.string(),
  /** What to do where it is not ok. */
  action: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

export const ModelInfo = z.object({
  name: z.string(),
  title: z.string(),
  /** `bundled` travels with Earshot; `optional` is downloaded on request. */
  kind: z.enum(['bundled', 'optional']),
  present: z.boolean(),
  verified: z.boolean().nullable(),
  bytes: z.number(),
  licence: z.string(),
  credit: z.string(),
  source: z.string(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

export const TargetInfo = z.object({
  name: z.string(),
  title: z.string(),
  limit: z.number(),
  direction: z.enum(['at-most', 'at-least']),
  unit: z.string(),
  /** Where the limit comes from: `default`, `settings`, or the config file's path. */
  origin: z.string(),
});
export type TargetInfo = z.infer<typeof TargetInfo>;

/** A run's report as a document, and what was found wrong with it. */
export const RunReport = z.object({
  runId: z.string(),
  title: z.string(),
  markdown: z.string(),
  findings: z.array(FindingSummary),
});
export type RunReport = z.infer<typeof RunReport>;

export const TranscriptFormat = z.enum(['md', 'txt', 'srt', 'vtt', 'json', 'rttm']);
export type TranscriptFormat = z.infer<typeof TranscriptFormat>;
export const RunFormat = z.enum(['otlp', 'chrome', 'md', 'run']);
export type RunFormat = z.infer<typeof RunFormat>;
