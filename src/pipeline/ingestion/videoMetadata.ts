import type { z } from 'zod';
import { SpeakerCount } from '../../protocol/ingest.ts';
import { MediaArtefact } from '../stages/downloadStage.ts';

/** What the library keeps of a video beside its columns: its media, and what the person said of its speakers. */
const VideoMetadata = MediaArtefact.extend({ speakers: SpeakerCount.nullable() }).partial();
export type VideoMetadata = z.infer<typeof VideoMetadata>;

/** The metadata as stored. */
export function writeMetadata(media: MediaArtefact, speakers: SpeakerCount | null): string {
  return JSON.stringify({ ...media, speakers } satisfies VideoMetadata);
}

/** What a stored text says; empty for a video that has not got so far. */
export function readMetadata(text: string | undefined): VideoMetadata {
  const parsed = VideoMetadata.safeParse(JSON.parse(text ?? '{}'));
  return parsed.success ? parsed.data : {};
}
