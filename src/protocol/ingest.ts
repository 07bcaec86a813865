import { z } from 'zod';
import { FindingSummary } from './finding.ts';
import { StageId, StageState, StageSummary } from './stage.ts';
import { Ledgers, Transcript } from './transcript.ts';

/** `N` exactly, or `MIN..MAX`; absent: found out from the voices. */
export const SpeakerCount = z.object({
  min: z.number().int().min(1),
  max: z.number().int().min(1),
});
export type SpeakerCount = z.infer<typeof SpeakerCount>;

export const IngestRequest = z.object({
  /** A YouTube or media URL, or a path. */
  source: z.string().min(1),
  /** Do everything again, whatever is cached. */
  force: z.boolean().optional(),
  /** Take a playlist apart and ingest each entry. */
  playlist: z.boolean().optional(),
  speakers: SpeakerCount.optional(),
  /** Consent to what would be asked for: installing the managed yt-dlp. */
  yes: z.boolean().optional(),
});
export type IngestRequest = z.infer<typeof IngestRequest>;

export const RerunRequest = z.object({
  id: z.string(),
  /** Repeat this stage and all after it. */
  from: StageId.optional(),
  /** Repeat this stage alone, and publish what it changed. */
  only: StageId.optional(),
  speakers: SpeakerCount.optional(),
});
export type RerunRequest = z.infer<typeof RerunRequest>;

/** An error as it crosses a process boundary or goes to `--json`. */
export const ErrorReport = z.object({ code: z.string(), message: z.string(), action: z.string() });
export type ErrorReport = z.infer<typeof ErrorReport>;

/** What is told while an ingest goes on; the last one of a video is `result`, `failed` or `cancelled`. */
export const IngestEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    id: z.string(),
    runId: z.string(),
    source: z.string(),
    title: z.string(),
  }),
  z.object({
    type: z.literal('stage'),
    id: z.string(),
    stage: StageId,
    state: StageState,
  }),
  z.object({
    type: z.literal('progress'),
    id: z.string(),
    stage: StageId,
    /** Of the stage; null while its size is unknown. */
    fraction: z.number().min(0).max(1).nullable(),
    etaSeconds: z.number().nullable(),
    /** Ready to print: `42× real time`, `3.1 MB/s`, `310 texts/s`. */
    speed: z.string().nullable(),
    /** Of the whole ingest, for one bar. */
    overallFraction: z.number().min(0).max(1).nullable(),
    overallEtaSeconds: z.number().nullable(),
  }),
  z.object({
    type: z.literal('notice'),
    id: z.string().nullable(),
    level: z.enum(['info', 'warning']),
    code: z.string(),
    message: z.string(),
    action: z.string().optional(),
  }),
  z.object({
    type: z.literal('result'),
    id: z.string(),
    runId: z.string(),
    transcript: Transcript,
    ledger: Ledgers,
    stages: z.array(StageSummary),
    /** Wall time of the run. */
    wallSeconds: z.number(),
    /** Wall seconds per second of audio; null for a run that found everything cached. */
    realTimeFactor: z.number().nullable(),
    /** Nothing had to be done: the video was in the library already. */
    cached: z.boolean(),
    /** What is wrong with the run; missing where the video was only shown. */
    findings: z.array(FindingSummary).optional(),
  }),
  z.object({
    type: z.literal('failed'),
    id: z.string().nullable(),
    runId: z.string().nullable(),
    source: z.string(),
    error: ErrorReport,
  }),
  z.object({ type: z.literal('cancelled'), id: z.string().nullable(), source: z.string() }),
  z.object({
    type: z.literal('playlist'),
    title: z.string(),
    entries: z.number(),
    done: z.number(),
    failed: z.number(),
  }),
]);
export type IngestEvent = z.infer<typeof IngestEvent>;
export type IngestResult = Extract<IngestEvent, { type: 'result' }>;
