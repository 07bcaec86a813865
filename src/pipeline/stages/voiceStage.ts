import { type Piece } from '../diarisation/pieces.ts';
import { planVoices } from '../diarisation/voicePlan.ts';
import { VOICE_DIMENSIONS } from '../inference/tasks.ts';
import type { Chunk } from '../ingestion/chunkPlanner.ts';
import { fromFloats, toFloats } from '../ingestion/payload.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import type { FrameAxis } from '../segmentation/frames.ts';
import { PRIORITY } from './priorities.ts';

/** A piece with its voice embedding, of unit length. */
export interface EmbeddedPiece extends Piece {
  readonly vector: Float32Array;
}

/**
 * Embeds the voices of a chunk: the trunk runs once over its speech, all its pieces are pooled from that.
 *
 * @param onShare told with the share of the chunk's audio that a unit was, when it is done
 */
export async function embedVoices(
  stage: StageRun,
  axis: FrameAxis,
  chunk: Chunk,
  pcm: string,
  audioSeconds: number,
  onShare: (share: number) => void,
): Promise<EmbeddedPiece[]> {
  const units = planVoices(axis, chunk.runs, chunk.pieces, audioSeconds);
  const embedded: EmbeddedPiece[] = [];
  const seconds = units.reduce((sum, unit) => sum + unit.seconds, 0);
  const payloads = units.map(async (unit, u) => {
    const payload = await stage.unit(
      `${chunk.index}.${u}`,
      () => ({ type: 'voice' as const, pcm, stretches: unit.stretches }),
      PRIORITY.voice,
      { items: unit.pieces.length, audioSeconds: unit.seconds },
      ({ result }) => fromFloats(result),
    );
    onShare(unit.seconds / seconds);
    return payload;
  });
  if (units.length === 0) onShare(1);
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
    audioSeconds: seconds,
    ...(lost > 0 ? { dropped: { 'outside speech': lost } } : {}),
  });
  return embedded.sort((a, b) => a.window - b.window || a.local - b.local || a.first - b.first);
}
