import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { SAMPLE } from './paths.mjs';

const SAMPLE_SECONDS = 45;

/** Writes the sample, repeated for about this long, without encoding it again. */
export function writeLongMedia(file, minutes) {
  const { path: ffmpeg } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg');
  const repeats = Math.ceil((minutes * 60) / SAMPLE_SECONDS) - 1;
  const options = ['-v', 'error', '-stream_loop', String(repeats), '-i', SAMPLE, '-c', 'copy'];
  execFileSync(ffmpeg, [...options, '-y', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

/** Writes the first six seconds of the sample, with a title of its own among its tags. */
export function writeClip(file, title) {
  const { path: ffmpeg } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg');
  const options = ['-v', 'error', '-i', SAMPLE, '-t', '6', '-c', 'copy', '-metadata'];
  execFileSync(ffmpeg, [...options, `title=${title}`, '-y', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
