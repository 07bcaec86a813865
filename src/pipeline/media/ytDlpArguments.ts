/** Options that hold for every call of yt-dlp. */
export type YtDlpCommonOptions = {
  readonly jsRuntime?: { readonly kind: 'node' | 'deno'; readonly path: string } | null;
  readonly ffmpegPath?: string | undefined;
  /** A Netscape cookie file the person chose; never set by default. */
  readonly cookiesFile?: string | undefined;
  /** Seconds between requests while extracting; guards against being blocked in long playlists. */
  readonly sleepRequestsSeconds?: number | undefined;
  /** Seconds without any answer after which a connection counts as failed. */
  readonly socketTimeoutSeconds?: number | undefined;
  /** Tries for each request; yt-dlp's own default is 10. */
  readonly retries?: number | undefined;
};

export type YtDlpDownloadOptions = YtDlpCommonOptions & {
  /** Folder the file and its `.part` lie in. */
  readonly directory: string;
  /** File name without extension; the same one is needed to resume. */
  readonly stem: string;
  readonly maxBytes?: number | undefined;
  /** Cap on the transfer rate. */
  readonly bytesPerSecond?: number | undefined;
  /** Seconds to wait before the download starts. */
  readonly sleepDownloadSeconds?: number | undefined;
};

/** Starts a line of progress (JSON) on yt-dlp's standard output. */
export const PROGRESS_MARK = '@earshot-progress ';
/** Starts the line with the path of the finished file (JSON string). */
export const FILE_MARK = '@earshot-file ';

/** Arguments that list what an address holds, as one JSON document, downloading nothing. */
export function listingArguments(
  url: URL,
  playlist: boolean,
  options: YtDlpCommonOptions = {},
): string[] {
  return [
    ...commonArguments(options),
    '--dump-single-json',
    '--flat-playlist',
    playlist ? '--yes-playlist' : '--no-playlist',
    '--',
    url.href,
  ];
}

/**
 * Arguments that download the audio of one address, or of an information file written before, which
 * saves asking the site again.
 */
export function downloadArguments(
  target: { readonly url: URL } | { readonly infoFile: string },
  options: YtDlpDownloadOptions,
): string[] {
  return [
    ...commonArguments(options),
    '--no-playlist',
    // No -x: our own ffmpeg decodes whatever comes, a second transcode would only cost time.
    ...['--format', 'ba/b', '--fixup', 'never'],
    ...['--match-filters', '!is_live', '--no-mtime', '--continue', '--part'],
    ...['--retry-sleep', 'exp=1:20'],
    ...optional('--max-filesize', options.maxBytes),
    ...optional('--limit-rate', options.bytesPerSecond),
    ...optional('--sleep-interval', options.sleepDownloadSeconds),
    ...['--paths', escapeTemplate(options.directory)],
    ...['--output', `${escapeTemplate(options.stem)}.%(ext)s`],
    ...['--no-quiet', '--newline', '--progress', '--progress-delta', '0.2'],
    ...['--progress-template', `download:${PROGRESS_MARK}%(progress)j`],
    ...['--no-simulate', '--print', `after_move:${FILE_MARK}%(filepath)j`],
    ...('infoFile' in target ? ['--load-info-json', target.infoFile] : ['--', target.url.href]),
  ];
}

function commonArguments(options: YtDlpCommonOptions): string[] {
  const { jsRuntime } = options;
  return [
    ...['--ignore-config', '--no-exec', '--no-update', '--color', 'never', '--encoding', 'utf-8'],
    ...(jsRuntime
      ? ['--no-js-runtimes', '--js-runtimes', `${jsRuntime.kind}:${jsRuntime.path}`]
      : []),
    ...optional('--ffmpeg-location', options.ffmpegPath),
    ...optional('--cookies', options.cookiesFile),
    ...optional('--sleep-requests', options.sleepRequestsSeconds),
    ...optional('--socket-timeout', options.socketTimeoutSeconds ?? 30),
    ...optional('--retries', options.retries),
    ...optional('--fragment-retries', options.retries),
  ];
}

function optional(flag: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [flag, String(value)];
}

/** In yt-dlp's output templates a lone percent sign starts a field. */
function escapeTemplate(text: string): string {
  return text.replaceAll('%', '%%');
}
