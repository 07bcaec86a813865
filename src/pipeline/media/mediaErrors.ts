import { stat } from 'node:fs/promises';
import { EarshotError } from '../earshotError.ts';
import { lastLogLine, readMediaFacts, readMediaFailure } from './mediaLog.ts';
import { systemErrorCode } from './systemError.ts';

/** How ffmpeg's log begins once it has got as far as its input. */
const ABOUT_INPUT = /^(?:Input #0|\[|file:|Error |Stream map)/m;

/** The error for a file from which ffmpeg decoded nothing, by what it wrote. */
export function mediaError(log: string, ffmpegPath: string): EarshotError {
  // A missing library or a wrong program: the file is not to blame.
  if (!ABOUT_INPUT.test(log)) return ffmpegNotStartable(ffmpegPath, new Error(lastLogLine(log)));
  const facts = readMediaFacts(log);
  const failure = readMediaFailure(log);
  if (
    failure === 'no-audio' ||
    (failure === null && facts.videoStreams > 0 && facts.audioStreams.length === 0)
  ) {
    return new EarshotError(
      'media.no-audio',
      'The file holds no audio.',
      'Give a file or an address with sound.',
    );
  }
  if (failure === 'refused-reference') {
    return new EarshotError(
      'media.unreadable',
      'The file is a list of other addresses or of a kind Earshot does not open.',
      'Give the address of the stream itself, or a media file such as mp4, mp3 or wav.',
    );
  }
  if (failure === 'truncated') {
    return new EarshotError(
      'media.truncated',
      'The file is cut off, and nothing of it could be decoded.',
      'Download or copy it again.',
    );
  }
  if (facts.audioStreams.length > 0 && failure === null) {
    return new EarshotError(
      'media.empty',
      'The audio track of the file holds no sound at all.',
      'Give another file: there is nothing to transcribe.',
    );
  }
  return new EarshotError(
    'media.unreadable',
    `ffmpeg cannot read the file as media: ${lastLogLine(log)}`,
    'Check that it plays elsewhere, or convert it to mp3, m4a or wav.',
  );
}

/** Checks what can be known without ffmpeg: that there is a file, and something in it. */
export async function requireContent(file: string): Promise<void> {
  const facts = await stat(file).catch((error: unknown) => {
    throw new EarshotError(
      'source.not-found',
      `The file ${JSON.stringify(file)} cannot be opened (${systemErrorCode(error) ?? 'unknown'}).`,
      'Check the path and its permissions.',
      { cause: error },
    );
  });
  if (facts.size > 0) return;
  throw new EarshotError(
    'media.empty',
    'The file is empty.',
    'Download or copy it again: there is nothing to transcribe.',
  );
}

/** The error for an ffmpeg that the system could not start. */
export function ffmpegNotStartable(ffmpegPath: string, cause: unknown): EarshotError {
  return new EarshotError(
    'media.ffmpeg-missing',
    `ffmpeg could not be started: ${ffmpegPath}`,
    'Install ffmpeg, or set its path in the settings.',
    { cause },
  );
}

/** The error for an ffmpeg that something outside of Earshot ended. */
export function decoderStopped(cause: unknown): EarshotError {
  return new EarshotError(
    'decoder.stopped',
    'ffmpeg was stopped before it had decoded the whole file.',
    'Close programs that need much memory, and run it again.',
    { cause },
  );
}

/** The error for PCM that no longer fits on the disk. */
export function pcmDiskFull(cause: unknown): EarshotError {
  return new EarshotError(
    'media.disk-full',
    'The disk is full: decoded audio needs 115 MB for each hour.',
    'Free some space, or move the library with the setting earshot.home, and run it again.',
    { cause },
  );
}
