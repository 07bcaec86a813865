import { existsSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { AudioFeed } from '../audio/audioFeed.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import type { VideoWork } from '../ingestion/videoWork.ts';
import { decodeToPcm } from '../media/ffmpeg.ts';

export const PcmArtefact = z.object({ samples: z.number(), sha256: z.string() });
export type PcmArtefact = z.infer<typeof PcmArtefact>;

/** The PCM of an earlier run, if it is still there and whole. */
export function storedPcm(artefact: string, path: string): PcmArtefact | null {
  const pcm = PcmArtefact.parse(JSON.parse(artefact));
  return existsSync(path) && statSync(path).size === pcm.samples * 2 ? pcm : null;
}

/**
 * Decodes the media once, to 16 kHz mono s16le. Readers of the feed may follow while it goes on.
 *
 * The path is the final one from the start, since readers hold it; a file that is not whole is known by its length.
 */
export async function decodeMedia(
  work: VideoWork,
  stage: StageRun,
  feed: AudioFeed,
  input: string,
  ffmpegPath: string,
): Promise<PcmArtefact> {
  await mkdir(dirname(feed.path), { recursive: true });
  work.recorder.countLoad(`audio:${work.videoId}`, 'decode');
  const decoded = await decodeToPcm({
    input,
    output: feed.path,
    ffmpegPath,
    signal: work.signal,
    onProgress: ({ doneSamples, fraction, speed }) => {
      feed.advance(doneSamples);
      work.progress.advance('decode', fraction, `${speed.toFixed(0)}× real time`);
    },
  });
  const audioSeconds = decoded.samples / SAMPLE_RATE;
  stage.account({ unit: 'seconds', itemsIn: audioSeconds, itemsOut: audioSeconds, audioSeconds });
  for (const warning of decoded.warnings) {
    const [code = 'media.warning'] = warning.split(':', 1);
    work.notice({ level: 'warning', code, message: warning });
    work.recorder.log('warn', warning);
  }
  feed.end(decoded.samples);
  return { samples: decoded.samples, sha256: decoded.sha256 };
}

/** Removes decoded audio that is not needed any more. */
export async function discardPcm(path: string): Promise<void> {
  await rm(path, { force: true });
}
