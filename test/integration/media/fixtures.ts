import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { managedYtDlp } from '../../../src/pipeline/media/managedYtDlp.ts';
import { runProgram } from '../../../src/pipeline/media/runProgram.ts';
import { findFfmpeg, findJsRuntime } from '../../../src/pipeline/media/tools.ts';
import type { YtDlp } from '../../../src/pipeline/media/ytDlpRun.ts';

/** A folder of its own for one test file, removed with everything in it. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'earshot-media-'));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The ffmpeg of this machine or package. */
export async function ffmpegPath(): Promise<string> {
  return (await findFfmpeg()).path;
}

/**
 * The real yt-dlp, installed by our own installer once for all test runs; a machine where that fails
 * fails the tests with the installer's message.
 */
export async function testYtDlp(): Promise<YtDlp> {
  const home = process.env['EARSHOT_TEST_CACHE'] ?? path.join(homedir(), '.cache', 'earshot-test');
  return {
    tool: await managedYtDlp({ home, consent: () => Promise.resolve(true) }),
    jsRuntime: await findJsRuntime(),
    ffmpegPath: await ffmpegPath(),
  };
}

/** Makes a media file with ffmpeg; `args` stand between the input options and the output's name. */
export async function makeMedia(file: string, ...args: string[]): Promise<string> {
  const result = await runProgram(await ffmpegPath(), [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'],
    ...args,
    `file:${file}`,
  ]);
  if (result.exitCode !== 0) throw new Error(`ffmpeg could not make ${file}: ${result.stderr}`);
  return file;
}

/** A sine tone of 440 Hz as bytes of a WAV file; 32 kB a second. */
export async function toneWav(folder: string, seconds: number): Promise<Buffer> {
  const file = path.join(folder, `tone-${seconds}.wav`);
  const tone = `sine=frequency=440:sample_rate=16000:duration=${seconds}`;
  return readFile(await makeMedia(file, '-f', 'lavfi', '-i', tone));
}

/** Writes a script that stands in for a program. */
export async function makeExecutable(file: string, script: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, script, { mode: 0o755 });
  return file;
}
