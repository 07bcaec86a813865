import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import createCommand, { type FfmpegCommand } from 'fluent-ffmpeg';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import { CancelledError } from '../earshotError.ts';
import { inputArguments } from './ffmpegInput.ts';
import { isExecutable } from './findTool.ts';
import {
  decoderStopped,
  ffmpegNotStartable,
  mediaError,
  pcmDiskFull,
  requireContent,
} from './mediaErrors.ts';
import { readMediaFacts, readMediaFailure, type MediaFacts } from './mediaLog.ts';
import { PcmWriter } from './pcmWriter.ts';
import { isShorterThanRiffHeader } from './riffSize.ts';
import { isDiskFull } from './systemError.ts';

export type DecodeProgress = {
  /** Samples that are on the disk and may be read. */
  readonly doneSamples: number;
  readonly totalSamples: number | null;
  readonly fraction: number | null;
  /** Seconds of audio decoded for each second of time. */
  readonly speed: number;
};

export type DecodeRequest = {
  readonly input: string;
  /** File that receives headerless s16le mono at 16 kHz; it grows while decoding goes on. */
  readonly output: string;
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DecodeProgress) => void) | undefined;
};

export type DecodedPcm = {
  readonly samples: number;
  readonly sha256: string;
  readonly durationSeconds: number;
  readonly sourceCodec: string | null;
  readonly sourceChannels: number | null;
  readonly sourceSampleRate: number | null;
  /** Sentences for the person; each starts with a stable code such as `media.truncated`. */
  readonly warnings: readonly string[];
};

/** Lines of ffmpeg's log that are kept: the description comes first, the failure last. */
const KEPT_LOG_LINES = 200;

/**
 * Decodes the first audio stream of a file once, to 16 kHz mono s16le on the disk.
 *
 * Readers may follow `output` while it grows, up to the samples that `onProgress` has told. A file
 * that is cut off gives what could be decoded, with a `media.truncated` warning. ffmpeg is a separate
 * program and is ended when the signal fires.
 *
 * @throws EarshotError `media.empty`, `.no-audio`, `.truncated` (nothing decoded), `.unreadable`,
 *   `.disk-full`, `.ffmpeg-missing`, `decoder.stopped`, `source.not-found`; CancelledError
 */
export async function decodeToPcm(request: DecodeRequest): Promise<DecodedPcm> {
  if (request.signal?.aborted) throw new CancelledError();
  await requireContent(request.input);
  if (!(await isExecutable(request.ffmpegPath))) throw ffmpegNotStartable(request.ffmpegPath, null);
  const log = new DecodeLog();
  const hash = createHash('sha256');
  const handle = await open(request.output, 'w').catch((error: unknown) => {
    throw isDiskFull(error) ? pcmDiskFull(error) : error;
  });
  const writer = new PcmWriter(handle, hash, (doneSamples, speed) => {
    const totalSamples = log.totalSamples();
    const fraction = totalSamples === null ? null : Math.min(1, doneSamples / totalSamples);
    request.onProgress?.({ doneSamples, totalSamples, fraction, speed });
  });
  let failed: boolean;
  try {
    failed = await runFfmpeg(request, log, writer);
    await handle.sync().catch((error: unknown) => {
      // EINVAL: the output is a device, which has nothing to sync.
      if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
    });
  } catch (error) {
    throw isDiskFull(error) ? pcmDiskFull(error) : error;
  } finally {
    await handle.close();
  }
  if (writer.samples === 0) throw mediaError(log.text(), request.ffmpegPath);
  const facts = readMediaFacts(log.text());
  const stream = facts.audioStreams[0];
  const durationSeconds = writer.samples / SAMPLE_RATE;
  return {
    samples: writer.samples,
    sha256: hash.digest('hex'),
    durationSeconds,
    sourceCodec: stream?.codec ?? null,
    sourceChannels: stream?.channels ?? null,
    sourceSampleRate: stream?.sampleRate ?? null,
    warnings: warningsOf(
      facts,
      log.text(),
      durationSeconds,
      failed || (await isShorterThanRiffHeader(request.input)),
    ),
  };
}

/** Runs ffmpeg to its end; true where it reported a failure (what it decoded is kept). */
async function runFfmpeg(
  request: DecodeRequest,
  log: DecodeLog,
  writer: PcmWriter,
): Promise<boolean> {
  const { signal } = request;
  // fluent-ffmpeg takes the closing of its output for a failure and kills ffmpeg after it.
  const pcm = new PassThrough({ emitClose: false, highWaterMark: 1024 * 1024 });
  const command = commandFor(request);
  const ended = outcomeOf(command, log, pcm);
  const kill = () => command.kill('SIGKILL');
  // Before `start` there is no process to kill yet.
  command.on('start', () => {
    if (signal?.aborted) kill();
  });
  signal?.addEventListener('abort', kill, { once: true });
  try {
    command.pipe(pcm, { end: true });
    for await (const chunk of pcm) await writer.write(chunk as Buffer);
    const error = await ended;
    if (signal?.aborted) throw new CancelledError();
    if (error !== null && 'syscall' in error) throw ffmpegNotStartable(request.ffmpegPath, error);
    if (error !== null && wasStopped(error, log.text())) throw decoderStopped(error);
    await writer.end();
    return error !== null;
  } catch (error) {
    kill();
    await ended;
    throw signal?.aborted ? new CancelledError() : error;
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

/**
 * Whether somebody ended ffmpeg, or the system did for want of memory: then the file is whole and the audio is not. A
 * crash is none of that, since a damaged file makes it crash again.
 */
function wasStopped(error: Error, log: string): boolean {
  return (
    /killed with signal SIG(?:KILL|TERM|INT|HUP)\b/u.test(error.message) ||
    /^Exiting normally, received signal \d+/mu.test(log)
  );
}

function commandFor(request: DecodeRequest): FfmpegCommand {
  // The path is a setting of the whole library; every call sets it just before it starts.
  createCommand.setFfmpegPath(request.ffmpegPath);
  const input = inputArguments(request.input);
  return (
    createCommand(input.name, { stdoutLines: KEPT_LOG_LINES })
      .inputOptions(['-hide_banner', '-nostdin', '-nostats', ...input.options])
      .outputOptions(['-map', '0:a:0', '-vn', '-sn', '-dn', '-ac', '1'])
      .outputOptions(['-ar', String(SAMPLE_RATE), '-c:a', 'pcm_s16le', '-f', 's16le'])
      // Without it ffmpeg flushes its pipe for every packet of some 20 ms: measured, four times the CPU
      // time on this side and 1.7 times the time of the whole.
      .outputOptions(['-flush_packets', '0'])
  );
}

/** Settles with ffmpeg's failure or null when it has ended; never rejects. */
async function outcomeOf(
  command: FfmpegCommand,
  log: DecodeLog,
  pcm: PassThrough,
): Promise<Error | null> {
  const process = { started: false };
  command.once('start', () => {
    process.started = true;
  });
  command.on('stderr', (line: string) => log.push(line));
  const error = await new Promise<Error | null>((resolve) => {
    command.once('error', (failure: Error) => resolve(failure));
    command.once('end', () => resolve(null));
  });
  // Without a process nobody else ends the stream that the reader waits on.
  if (error !== null && (!process.started || 'syscall' in error)) pcm.end();
  return error;
}

function warningsOf(
  facts: MediaFacts,
  log: string,
  durationSeconds: number,
  knownDamaged: boolean,
): string[] {
  const declared = facts.durationIsEstimate ? null : facts.durationSeconds;
  const missingSeconds = declared === null ? 0 : declared - durationSeconds;
  // Encoder padding and rounding explain up to a second, or 1 % in files with an odd frame count.
  const short = missingSeconds > Math.max(1, 0.01 * (declared ?? 0));
  if (!short && !knownDamaged && readMediaFailure(log) !== 'truncated') return [];
  const of = short && declared !== null ? ` of ${declared.toFixed(1)}` : '';
  return [
    `media.truncated: the file is damaged or cut off; ${durationSeconds.toFixed(1)}${of} seconds could be decoded.`,
  ];
}

/** The first and the last lines of ffmpeg's log. */
class DecodeLog {
  readonly #head: string[] = [];
  readonly #tail: string[] = [];
  #totalSamples: number | null | undefined;

  push(line: string): void {
    if (this.#head.length < KEPT_LOG_LINES) {
      this.#head.push(line);
      return;
    }
    this.#tail.push(line);
    if (this.#tail.length > KEPT_LOG_LINES) this.#tail.shift();
  }

  text(): string {
    return [...this.#head, ...this.#tail].join('\n');
  }

  /** Expected samples by the declared duration; asked only after the first samples have come. */
  totalSamples(): number | null {
    if (this.#totalSamples === undefined) {
      const { durationSeconds } = readMediaFacts(this.text());
      this.#totalSamples =
        durationSeconds === null ? null : Math.round(durationSeconds * SAMPLE_RATE);
    }
    return this.#totalSamples;
  }
}
