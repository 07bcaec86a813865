import { z } from 'zod';

/**
 * The stages of an ingest in order. A stage may start before the one before it has ended; `rerun --from STAGE` repeats
 * the stage and all after it.
 */
export const STAGE_IDS = [
  'download',
  'decode',
  'segment',
  'voice',
  'recognise',
  'diarise',
  'embed',
  'publish',
] as const;

export const StageId = z.enum(STAGE_IDS);
export type StageId = z.infer<typeof StageId>;

/** What the person reads for a stage. */
export const STAGE_TITLES: Readonly<Record<StageId, string>> = {
  download: 'Download',
  decode: 'Decode',
  segment: 'Find speech and speaker changes',
  voice: 'Embed voices',
  recognise: 'Recognise speech',
  diarise: 'Tell speakers apart',
  embed: 'Embed texts',
  publish: 'Publish',
};

export const StageState = z.enum(['waiting', 'running', 'done', 'cached', 'failed', 'skipped']);
export type StageState = z.infer<typeof StageState>;

/** What one stage of a run did, for `--json`, the run report and the Library view. */
export const StageSummary = z.object({
  stage: StageId,
  state: StageState,
  /** Time during which at least one unit of the stage was worked on. */
  busySeconds: z.number(),
  /** From the start of its first unit to the end of its last. */
  elapsedSeconds: z.number(),
  /** Busy seconds per second of audio; null where there is no audio to divide by. */
  realTimeFactor: z.number().nullable(),
  /** Items out per busy second. */
  throughput: z.number().nullable(),
  unit: z.string(),
  itemsIn: z.number(),
  itemsOut: z.number(),
  /** Items lost, by reason. */
  dropped: z.record(z.string(), z.number()),
  /** How often each large resource was opened. */
  loads: z.record(z.string(), z.number()),
});
export type StageSummary = z.infer<typeof StageSummary>;
