import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { Chapter } from '../../protocol/transcript.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import type { VideoWork } from '../ingestion/videoWork.ts';
import { downloadMedia, type DownloadOptions } from '../media/download.ts';
import type { ResolvedMedia } from '../media/resolvedMedia.ts';
import { formatBytesPerSecond } from '../ingestion/speedText.ts';

/** What a source says of itself and where its bytes are. */
export const MediaArtefact = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  title: z.string(),
  language: z.string().nullable(),
  channel: z.string().nullable(),
  chapters: z.array(Chapter),
});
export type MediaArtefact = z.infer<typeof MediaArtefact>;

/** The media of an earlier run; its bytes may be gone. */
export function storedMedia(stage: StageRun): MediaArtefact {
  return MediaArtefact.parse(JSON.parse(stage.artefact));
}

/** Whether the bytes of a media are still there, by their number. */
export function isPresent(media: MediaArtefact): boolean {
  return existsSync(media.path) && statSync(media.path).size === media.bytes;
}

/** Brings the media to this machine, going on where a broken download stopped. */
export async function downloadSource(
  work: VideoWork,
  stage: StageRun,
  resolved: ResolvedMedia,
  options: DownloadOptions,
): Promise<MediaArtefact> {
  const { metadata } = resolved;
  const downloaded = await downloadMedia(resolved, {
    ...options,
    signal: work.signal,
    onProgress: ({ doneBytes, totalBytes, bytesPerSecond }) => {
      const fraction = totalBytes ? Math.min(1, doneBytes / totalBytes) : null;
      work.progress.advance('download', fraction, formatBytesPerSecond(bytesPerSecond));
    },
  });
  stage.account({
    unit: 'bytes',
    itemsIn: downloaded.bytes,
    itemsOut: downloaded.bytes - downloaded.resumedFromBytes,
  });
  return {
    path: downloaded.path,
    bytes: downloaded.bytes,
    sha256: downloaded.sha256,
    title: metadata.title,
    language: metadata.language,
    channel: metadata.channel ?? metadata.uploader,
    chapters: metadata.chapters.map(({ title, startSeconds, endSeconds }) => ({
      title,
      start: startSeconds,
      end: endSeconds,
    })),
  };
}
