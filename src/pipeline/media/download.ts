import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EarshotError } from '../earshotError.ts';
import { downloadHttp, type HttpDownloadOptions } from './httpDownload.ts';
import type { MediaOrigin, ResolvedMedia } from './resolvedMedia.ts';
import { sha256File } from './sha256File.ts';
import { isDiskFull, systemErrorCode } from './systemError.ts';
import { TransferRate } from './transferRate.ts';
import { ytDlpErrorOfClass } from './ytDlpErrors.ts';
import { downloadWithYtDlp, type YtDlp, type YtDlpSettings } from './ytDlpRun.ts';

export type DownloadOptions = Pick<
  HttpDownloadOptions,
  'signal' | 'onProgress' | 'maxBytes' | 'stallSeconds' | 'retries' | 'retryDelaySeconds'
> & {
  /** Folder for the file and its `.part`; may be shared by all media, names never meet. */
  readonly directory: string;
  /** Called only for media that come through yt-dlp. */
  readonly getYtDlp: () => Promise<YtDlp>;
  readonly settings?: YtDlpSettings | undefined;
  /** Cap on the transfer rate, through yt-dlp only. */
  readonly bytesPerSecond?: number | undefined;
  /** Seconds yt-dlp waits before it starts, to spare the site in long lists. */
  readonly sleepDownloadSeconds?: number | undefined;
};

export type DownloadedMedia = {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Bytes an earlier, broken try had fetched and that were not fetched again. */
  readonly resumedFromBytes: number;
};

/**
 * Brings the bytes of a resolved source to this machine, going on where an earlier try stopped. A
 * local file is used where it lies.
 *
 * @throws EarshotError `download.*`, `ytdlp.*`, `source.changed`; CancelledError
 */
export async function downloadMedia(
  resolved: ResolvedMedia,
  options: DownloadOptions,
): Promise<DownloadedMedia> {
  const { origin } = resolved;
  if (origin.kind === 'file') return localFile(origin);
  await mkdir(options.directory, { recursive: true });
  const stem = stemOf(resolved);
  const { file, resumedFromBytes } =
    origin.kind === 'http'
      ? await plainDownload(origin, stem, options)
      : await ytDlpDownload(origin, stem, options);
  const { size } = await stat(file);
  if (options.maxBytes !== undefined && size > options.maxBytes) {
    await rm(file);
    throw ytDlpErrorOfClass('too-large', `${size} bytes`);
  }
  return {
    path: file,
    bytes: size,
    sha256: await sha256File(file, options.signal),
    resumedFromBytes,
  };
}

/**
 * The file name, without extension, that a source is downloaded under: always the same for one
 * source, never anything a site could choose.
 */
export function stemOf(resolved: ResolvedMedia): string {
  const key = `${resolved.metadata.extractor}\0${resolved.metadata.id}`;
  return `media-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}

/** Whether a file is one that `downloadMedia` put into that folder, and thus nobody else's. */
export function isOwnDownload(file: string, directory: string): boolean {
  const { dir, base } = path.parse(file);
  return path.resolve(dir) === path.resolve(directory) && /^media-[0-9a-f]{24}\./.test(base);
}

async function localFile(origin: Extract<MediaOrigin, { kind: 'file' }>): Promise<DownloadedMedia> {
  const facts = await stat(origin.path).catch(() => null);
  if (facts?.size !== origin.bytes || facts.mtimeMs !== origin.modifiedMilliseconds) {
    throw new EarshotError(
      'source.changed',
      `The file ${JSON.stringify(origin.path)} was changed or removed meanwhile.`,
      'Wait until it is complete and ingest it again.',
    );
  }
  return { path: origin.path, bytes: origin.bytes, sha256: origin.sha256, resumedFromBytes: 0 };
}

async function plainDownload(
  origin: Extract<MediaOrigin, { kind: 'http' }>,
  stem: string,
  options: DownloadOptions,
): Promise<{ file: string; resumedFromBytes: number }> {
  const file = path.join(options.directory, `${stem}.${origin.extension}`);
  const { resumedFromBytes } = await downloadHttp(origin.url, file, options);
  return { file, resumedFromBytes };
}

async function ytDlpDownload(
  origin: Extract<MediaOrigin, { kind: 'ytdlp' }>,
  stem: string,
  options: DownloadOptions,
): Promise<{ file: string; resumedFromBytes: number }> {
  const ytDlp = await options.getYtDlp();
  const partBytes = await bytesOfParts(options.directory, stem);
  const started: { atBytes?: number; rate?: TransferRate } = {};
  const infoFile = path.join(options.directory, `${stem}.info.json`);
  await writeInfo(infoFile, origin.infoJson);
  const file = await downloadWithYtDlp(
    ytDlp,
    { infoFile },
    {
      directory: options.directory,
      stem,
      maxBytes: options.maxBytes,
      bytesPerSecond: options.bytesPerSecond,
      sleepDownloadSeconds: options.sleepDownloadSeconds,
      settings: options.settings,
      signal: options.signal,
      onProgress: (progress) => {
        const done = progress.doneBytes;
        if (done === null) return;
        started.rate ??= new TransferRate(done, options.onProgress ?? (() => undefined));
        started.atBytes ??= done;
        started.rate.update(done, progress.totalBytes, progress.finished);
      },
    },
  );
  await rm(infoFile, { force: true });
  // yt-dlp starts over where the server ignores ranges: its first count is then below the part.
  const continued = started.atBytes !== undefined && started.atBytes >= partBytes;
  return { file, resumedFromBytes: continued ? partBytes : 0 };
}

async function writeInfo(infoFile: string, infoJson: string): Promise<void> {
  try {
    await writeFile(`${infoFile}.new`, infoJson, { mode: 0o600 });
    await rename(`${infoFile}.new`, infoFile);
  } catch (error) {
    if (isDiskFull(error)) throw ytDlpErrorOfClass('disk-full', systemErrorCode(error));
    throw error;
  }
}

async function bytesOfParts(directory: string, stem: string): Promise<number> {
  const parts = (await readdir(directory)).filter(
    (name) => name.startsWith(`${stem}.`) && name.endsWith('.part'),
  );
  const sizes = await Promise.all(parts.map((name) => stat(path.join(directory, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
