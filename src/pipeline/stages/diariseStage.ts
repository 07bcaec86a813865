import type { SpeakerCount } from '../../protocol/ingest.ts';
import type { Speakers } from '../diarisation/speakers.ts';
import { VOICE_DIMENSIONS } from '../inference/tasks.ts';
import { fromFloats, toFloats } from '../ingestion/payload.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import { LOCAL_SPEAKERS } from '../segmentation/windows.ts';
import type { EmbeddedPiece } from './voiceStage.ts';
import { PRIORITY } from './priorities.ts';

const UNIT = 'speakers';

/** Tells the speakers of the whole recording apart. No audio is read: the voices of all pieces are there. */
export async function tellSpeakersApart(
  stage: StageRun,
  pieces: readonly EmbeddedPiece[],
  count: SpeakerCount | null,
): Promise<Speakers> {
  const payload = await stage.unit(
    UNIT,
    () => ({
      type: 'cluster' as const,
      count,
      pieces: pieces.map((piece) => ({
        vector: piece.vector,
        cleanSeconds: piece.cleanSeconds,
        group: piece.window * LOCAL_SPEAKERS + piece.local,
      })),
    }),
    PRIORITY.embed,
    { items: pieces.length },
    ({ result }) =>
      Buffer.concat([
        Buffer.from(Uint32Array.of(result.centroids.length).buffer),
        fromFloats(result.centroids),
        Buffer.from(Int32Array.from(result.speakerOf).buffer),
      ]),
  );
  stage.account({ unit: 'pieces', itemsIn: pieces.length, itemsOut: pieces.length });
  const bytes = Uint8Array.from(payload);
  const speakers = new DataView(bytes.buffer).getUint32(0, true);
  const end = 4 + speakers * VOICE_DIMENSIONS * 4;
  return {
    centroids: toFloats(bytes.subarray(4, end), VOICE_DIMENSIONS),
    speakerOf: new Int32Array(bytes.buffer.slice(end)),
  };
}
