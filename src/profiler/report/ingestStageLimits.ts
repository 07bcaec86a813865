import { STAGE } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';
import type { StageLimits } from './expectedSeconds.ts';
import { stageTable } from './stageTable.ts';
import type { Target } from './targets.ts';

const SECONDS_PER_HOUR = 3600;

/**
 * The time that the targets of an ingest leave to its stages: texts at the rate that is asked for, and voices in their share
 * of an hour of audio, less what telling the speakers apart took of it. Empty for a stage that was cached.
 */
export function ingestStageLimits(run: Run, targets: readonly Target[]): StageLimits {
  const limits = new Map<string, number>();
  const limitOf = (name: string): number | undefined =>
    targets.find((target) => target.name === name)?.limit;
  const rows = stageTable(run);
  const rowOf = (stage: string) => rows.find((row) => row.stage === stage && row.state === 'done');
  const texts = limitOf('text-embeddings-per-second');
  const embed = rowOf(STAGE.embed);
  if (texts !== undefined && texts > 0 && embed !== undefined && embed.items.out > 0) {
    limits.set(STAGE.embed, embed.items.out / texts);
  }
  const perHour = limitOf('voice-embedding-seconds-per-audio-hour');
  const voice = rowOf(STAGE.voice);
  const audio = voice?.audioSeconds ?? null;
  if (perHour !== undefined && audio !== null) {
    const both = (perHour * audio) / SECONDS_PER_HOUR;
    limits.set(STAGE.voice, Math.max(0, both - (rowOf(STAGE.diarise)?.busySeconds ?? 0)));
  }
  return limits;
}
