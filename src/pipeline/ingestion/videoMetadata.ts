import { z } from 'zod';
import { SpeakerCount } from '../../protocol/ingest.ts';
import type { VideoRequest } from './videoWork.ts';
import { MediaArtefact } from '../stages/downloadStage.ts';

/** What the library keeps of a video beside its columns: its media, and how the person wants it ingested. */
const VideoMetadata = MediaArtefact.extend({
  speakers: SpeakerCount.nullable(),
  recognition: z.string(),
}).partial();
export type VideoMetadata = z.infer<typeof VideoMetadata>;

/** The metadata as stored. */
export function writeMetadata(
  media: MediaArtefact,
  { speakers, recognition }: Pick<VideoRequest, 'speakers' | 'recognition'>,
): string {
  return JSON.stringify({ ...media, speakers, recognition } satisfies VideoMetadata);
}

/** What a stored text says; empty for a video that has not got so far. */
export function readMetadata(text: string | undefined): VideoMetadata {
  const parsed = VideoMetadata.safeParse(JSON.parse(text ?? '{}'));
  return parsed.success ? parsed.data : {};
}
