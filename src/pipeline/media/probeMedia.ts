import { CancelledError } from '../earshotError.ts';
import { inputArguments } from './ffmpegInput.ts';
import { ffmpegNotStartable, mediaError, requireContent } from './mediaErrors.ts';
import { readMediaFacts, type MediaFacts } from './mediaLog.ts';
import { runProgram } from './runProgram.ts';

/** Reading a description takes milliseconds; a file that keeps ffmpeg busy is a hostile one. */
const PROBE_TIMEOUT_MILLISECONDS = 30_000;

/**
 * Reads format, duration and streams of a local file without decoding it, with ffmpeg alone: the one
 * that comes with the package has no ffprobe beside it.
 *
 * @throws EarshotError `media.empty`, `.no-audio`, `.truncated`, `.unreadable`, `.ffmpeg-missing`,
 *   `source.not-found`; CancelledError
 */
export async function probeMedia(
  file: string,
  options: { ffmpegPath: string; signal?: AbortSignal | undefined },
): Promise<MediaFacts> {
  await requireContent(file);
  const input = inputArguments(file);
  const args = ['-hide_banner', '-nostdin', ...input.options, '-i', input.name];
  const result = await runProgram(options.ffmpegPath, args, {
    signal: options.signal,
    timeoutMilliseconds: PROBE_TIMEOUT_MILLISECONDS,
  }).catch((error: unknown) => {
    throw error instanceof CancelledError ? error : ffmpegNotStartable(options.ffmpegPath, error);
  });
  const facts = readMediaFacts(result.stderr);
  // Without an output ffmpeg always ends with an error; a described input is the success.
  if (facts.audioStreams.length === 0) throw mediaError(result.stderr, options.ffmpegPath);
  return facts;
}
