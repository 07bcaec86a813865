import { type Piece } from '../diarisation/pieces.ts';
import { planVoices } from '../diarisation/voicePlan.ts';
import { VOICE_DIMENSIONS } from '../inference/tasks.ts';
import type { Chunk } from '../ingestion/chunkPlanner.ts';
import { fromFloats, toFloats } from '../ingestion/payload.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import type { FrameAxis } from '../segmentation/frames.ts';

/** A piece with its voice embedding, of unit length. */
export interface EmbeddedPiece extends Piece {
  readonly vector: Float32Array;
}

/** Voices before texts: the clips of a chunk are cut where voices change. */
const PRIORITY = 1;

/** Embeds the voices of a chunk: the trunk runs once over its speech, all its pieces are pooled from that. */
export async function embedVoices(
  stage: StageRun,
  axis: FrameAxis,
  chunk: Chunk,
  pcm: string,
  audioSeconds: number,
): Promise<EmbeddedPiece[]> {
  const units = planVoices(axis, chunk.runs, chunk.pieces, audioSeconds);
  const embedded: EmbeddedPiece[] = [];
  const payloads = units.map((unit, u) =>
    stage.unit(
      `${chunk.index}.${u}`,
      () => ({ type: 'voice' as const, pcm, stretches: unit.stretches }),
      PRIORITY,
      { items: unit.pieces.length, audioSeconds: unit.seconds },
      ({ result }) => fromFloats(result),
    ),
  );
  for (const [u, payload] of (await Promise.all(payloads)).entries()) {
    const vectors = toFloats(payload, VOICE_DIMENSIONS);
    units[u]?.pieces.forEach((piece, i) => {
      embedded.push({ ...(chunk.pieces[piece] as Piece), vector: vectors[i] as Float32Array });
    });
  }
  const lost = chunk.pieces.length - embedded.length;
  stage.account({
    unit: 'pieces',
    itemsIn: chunk.pieces.length,
    itemsOut: embedded.length,
    audioSeconds: units.reduce((sum, unit) => sum + unit.seconds, 0),
    ...(lost > 0 ? { dropped: { 'outside speech': lost } } : {}),
  });
  return embedded.sort((a, b) => a.window - b.window || a.local - b.local || a.first - b.first);
}
