import { createHash } from 'node:crypto';
import { TEXT_DIMENSIONS } from '../inference/tasks.ts';
import { fromFloats, toFloats } from '../ingestion/payload.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import { PRIORITY } from './priorities.ts';

/** Embeds texts as one unit of work. @returns one vector of 384 values a text, unit length */
export async function embedUnit(
  stage: StageRun,
  name: string,
  texts: readonly string[],
): Promise<Float32Array[]> {
  if (texts.length === 0) return [];
  // The texts are part of the name: parts of split clips change with the speakers while the stage's key does not.
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  const payload = await stage.unit(
    `${name}:${digest}`,
    () => ({ type: 'embed' as const, texts }),
    PRIORITY.embed,
    { items: texts.length, batchSize: Math.min(16, texts.length) },
    ({ result }) => fromFloats(result),
  );
  stage.account({ unit: 'texts', itemsIn: texts.length, itemsOut: texts.length });
  return toFloats(payload, TEXT_DIMENSIONS);
}
