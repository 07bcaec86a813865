import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EarshotError } from '../earshotError.ts';
import { plainText } from './plainText.ts';
import { probeHttp, type PlainMedia } from './probeHttp.ts';
import type { MediaMetadata, ResolvedMedia, ResolvedPlaylist } from './resolvedMedia.ts';
import { sha256File } from './sha256File.ts';
import { canonicalUrl, type Source } from './sourceKind.ts';
import { systemErrorCode } from './systemError.ts';
import { playlistOf } from './playlist.ts';
import { ytDlpErrorOfClass } from './ytDlpErrors.ts';
import { metadataOf } from './ytDlpOutput.ts';
import { listWithYtDlp, type YtDlp, type YtDlpSettings } from './ytDlpRun.ts';

export type ResolveOptions = {
  /** Called only when an address needs yt-dlp, so that nobody is asked to install it in vain. */
  readonly getYtDlp: () => Promise<YtDlp>;
  /** Whether a list of media is wanted; otherwise one is an error. */
  readonly playlist?: boolean | undefined;
  readonly settings?: YtDlpSettings | undefined;
  readonly stallSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

type UrlSource = Extract<Source, { kind: 'url' }>;

const EMPTY_METADATA = {
  uploader: null,
  channel: null,
  durationSeconds: null,
  uploadDate: null,
  webpageUrl: null,
  language: null,
  chapters: [],
  isLive: false,
} as const;

/**
 * Learns what a source is before anything is fetched: a local file by its content, an address that is
 * itself a media file by one small request, any other through yt-dlp.
 *
 * @throws EarshotError `source.not-found`, `source.not-a-file`, `source.unreadable`,
 *   `source.playlist` (a list where one video was meant), `media.empty`, `download.*`, `ytdlp.*`;
 *   CancelledError
 */
export async function resolveMedia(
  source: Source,
  options: ResolveOptions,
): Promise<ResolvedMedia | ResolvedPlaylist> {
  if (source.kind === 'file') return resolveFile(source.path, options.signal);
  const plain = source.youtube === null ? await probeHttp(source.url, options) : null;
  return plain === null ? resolveWithYtDlp(source, options) : plainMedia(source, plain);
}

async function resolveFile(file: string, signal: AbortSignal | undefined): Promise<ResolvedMedia> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) {
      throw new EarshotError(
        'source.not-a-file',
        `${JSON.stringify(file)} is a folder or a device, not a media file.`,
        'Give the path of one media file.',
      );
    }
    const sha256 = await sha256File(file, signal);
    return {
      kind: 'media',
      metadata: { ...EMPTY_METADATA, id: sha256, extractor: 'file', title: titleOf(file) },
      origin: {
        kind: 'file',
        path: file,
        bytes: facts.size,
        modifiedMilliseconds: facts.mtimeMs,
        sha256,
      },
    };
  } catch (error) {
    throw fileError(error, file);
  }
}

function plainMedia(source: UrlSource, plain: PlainMedia): ResolvedMedia {
  const address = canonicalUrl(source);
  const metadata: MediaMetadata = {
    ...EMPTY_METADATA,
    id: createHash('sha256').update(address).digest('hex'),
    extractor: 'http',
    title: titleOfUrl(source.url),
    webpageUrl: address,
  };
  return { kind: 'media', metadata, origin: { kind: 'http', ...plain } };
}

async function resolveWithYtDlp(
  source: UrlSource,
  options: ResolveOptions,
): Promise<ResolvedMedia | ResolvedPlaylist> {
  const wantsList = options.playlist ?? false;
  if (!wantsList && source.youtube?.playlistId !== undefined && !source.youtube.videoId) {
    throw playlistError(null);
  }
  const url = addressFor(source, wantsList);
  const { listing, json } = await listWithYtDlp(await options.getYtDlp(), url, {
    playlist: wantsList,
    signal: options.signal,
    ...(options.settings ? { settings: options.settings } : {}),
  });
  if (listing.entries != null) {
    if (!wantsList) throw playlistError(listing.entries.length);
    return playlistOf(listing, listing.entries, url);
  }
  const metadata = metadataOf(listing, url);
  if (metadata.isLive) throw ytDlpErrorOfClass('live-or-upcoming');
  return {
    kind: 'media',
    metadata,
    origin: { kind: 'ytdlp', url, youtube: source.youtube, infoJson: json },
  };
}

/** A video seen within a list is that video, unless the list is wanted. */
function addressFor(source: UrlSource, wantsList: boolean): URL {
  const { youtube } = source;
  if (youtube === null) return source.url;
  const list = wantsList && youtube.playlistId !== undefined;
  const wanted = list ? { playlistId: youtube.playlistId } : youtube;
  return new URL(canonicalUrl({ ...source, youtube: wanted }));
}

function titleOf(file: string): string {
  return plainText(path.parse(file).name) || 'Untitled';
}

function titleOfUrl(url: URL): string {
  const last = url.pathname.split('/').findLast((segment) => segment !== '');
  if (last === undefined) return url.host;
  try {
    return titleOf(decodeURIComponent(last));
  } catch {
    return titleOf(last);
  }
}

function playlistError(entries: number | null): EarshotError {
  const size = entries === null ? '' : ` with ${entries} entries`;
  return new EarshotError(
    'source.playlist',
    `The address is a playlist${size}, not one video.`,
    'Add --playlist to ingest every entry, or give the address of one video.',
  );
}

function fileError(error: unknown, file: string): unknown {
  const code = systemErrorCode(error);
  if (error instanceof EarshotError || code === null) return error;
  const name = JSON.stringify(file);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') {
    return new EarshotError(
      'source.not-found',
      `There is no file ${name}.`,
      'Check the path, and put it in quotes if it holds spaces.',
      { cause: error },
    );
  }
  return new EarshotError(
    'source.unreadable',
    `The file ${name} cannot be read (${code}).`,
    'Check its permissions and that the drive it lies on is connected.',
    { cause: error },
  );
}
