import { STAGE } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';
import type { Seconds } from '../model/units.ts';
import type { StageLimits } from './expectedSeconds.ts';
import { stageTable } from './stageTable.ts';
import type { Target } from './targets.ts';

const SECONDS_PER_HOUR = 3600;

/** What the times that stages of an ingest are allowed are reckoned from; null where a stage was not done. */
export interface IngestAmounts {
  /** Texts that were embedded. */
  readonly texts: number | null;
  /** Audio whose voices were embedded. */
  readonly voiceAudioSeconds: Seconds | null;
  /** What telling the speakers apart took. */
  readonly diariseSeconds: Seconds;
}

/** Reads from a run what `ingestStageLimits` needs of it. */
export function ingestAmounts(run: Run): IngestAmounts {
  const rows = stageTable(run);
  const rowOf = (stage: string) => rows.find((row) => row.stage === stage && row.state === 'done');
  return {
    texts: rowOf(STAGE.embed)?.items.out ?? null,
    voiceAudioSeconds: rowOf(STAGE.voice)?.audioSeconds ?? null,
    diariseSeconds: rowOf(STAGE.diarise)?.busySeconds ?? 0,
  };
}

/**
 * The time that the targets of an ingest leave to its stages: texts at the rate that is asked for, and voices in their share
 * of an hour of audio, less what telling the speakers apart took of it. Empty for a stage that was cached.
 */
export function ingestStageLimits(
  { texts, voiceAudioSeconds, diariseSeconds }: IngestAmounts,
  targets: readonly Target[],
): StageLimits {
  const limits = new Map<string, number>();
  const limitOf = (name: string): number | undefined =>
    targets.find((target) => target.name === name)?.limit;
  const perSecond = limitOf('text-embeddings-per-second');
  if (perSecond !== undefined && perSecond > 0 && texts !== null && texts > 0) {
    limits.set(STAGE.embed, texts / perSecond);
  }
  const perHour = limitOf('voice-embedding-seconds-per-audio-hour');
  if (perHour !== undefined && voiceAudioSeconds !== null) {
    const both = (perHour * voiceAudioSeconds) / SECONDS_PER_HOUR;
    limits.set(STAGE.voice, Math.max(0, both - diariseSeconds));
  }
  return limits;
}
