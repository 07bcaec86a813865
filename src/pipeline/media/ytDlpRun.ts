import type { FoundTool } from './findTool.ts';
import { EarshotError } from '../earshotError.ts';
import { runProgram } from './runProgram.ts';
import type { JsRuntime } from './tools.ts';
import {
  downloadArguments,
  FILE_MARK,
  listingArguments,
  PROGRESS_MARK,
  type YtDlpCommonOptions,
  type YtDlpDownloadOptions,
} from './ytDlpArguments.ts';
import { ytDlpError, ytDlpErrorOfClass } from './ytDlpErrors.ts';
import {
  parseFileLine,
  parseListing,
  parseProgress,
  type YtDlpListing,
  type YtDlpProgress,
} from './ytDlpOutput.ts';

/** A yt-dlp with what it needs beside it. */
export type YtDlp = {
  readonly tool: FoundTool;
  readonly jsRuntime: JsRuntime | null;
  readonly ffmpegPath?: string | undefined;
};

/** Site settings that a person may change; all have working defaults. */
export type YtDlpSettings = Omit<YtDlpCommonOptions, 'jsRuntime' | 'ffmpegPath'>;

/**
 * Asks yt-dlp what an address holds. `json` is the document itself, for a later download.
 *
 * @throws EarshotError `ytdlp.<class>`; CancelledError
 */
export async function listWithYtDlp(
  ytDlp: YtDlp,
  url: URL,
  options: { playlist: boolean; signal?: AbortSignal | undefined; settings?: YtDlpSettings },
): Promise<{ listing: YtDlpListing; json: string }> {
  const args = listingArguments(url, options.playlist, common(ytDlp, options.settings));
  const result = await run(ytDlp, args, options.signal);
  const listing = parseListing(result.stdout);
  // Exit code 1 with a document: some playlist entries failed; each is tried again by itself.
  if (listing === null || (result.exitCode !== 0 && listing.entries == null)) {
    throw ytDlpError(result.stderr, result.exitCode);
  }
  return { listing, json: result.stdout };
}

export type YtDlpDownload = Omit<YtDlpDownloadOptions, keyof YtDlpCommonOptions> & {
  readonly settings?: YtDlpSettings | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: YtDlpProgress) => void) | undefined;
};

/**
 * Downloads with yt-dlp and gives the path of the finished file; a `.part` of the same stem is
 * continued.
 *
 * @throws EarshotError `ytdlp.<class>`; CancelledError
 */
export async function downloadWithYtDlp(
  ytDlp: YtDlp,
  target: { readonly url: URL } | { readonly infoFile: string },
  download: YtDlpDownload,
): Promise<string> {
  const { settings, signal, onProgress, ...rest } = download;
  const args = downloadArguments(target, { ...common(ytDlp, settings), ...rest });
  const files: string[] = [];
  const messages: string[] = [];
  const result = await run(ytDlp, args, signal, (line) => {
    if (line.startsWith(FILE_MARK)) {
      const file = parseFileLine(line.slice(FILE_MARK.length));
      if (file !== null) files.push(file);
    } else if (line.startsWith(PROGRESS_MARK)) {
      const progress = parseProgress(line.slice(PROGRESS_MARK.length));
      if (progress === null) return;
      refuseTooLarge(progress, download.maxBytes);
      onProgress?.(progress);
    } else {
      messages.push(line);
      if (messages.length > 200) messages.shift();
    }
  });
  // Skipped items (too large, live) end with exit code 0 and only a message on standard output.
  const file = files.at(-1);
  if (result.exitCode === 0 && file !== undefined) return file;
  throw ytDlpError(`${result.stderr}\n${messages.join('\n')}`, result.exitCode);
}

/** yt-dlp itself compares only sizes that a server announces, not those of fragmented streams. */
function refuseTooLarge(progress: YtDlpProgress, maxBytes: number | undefined): void {
  if (maxBytes !== undefined && (progress.doneBytes ?? 0) > maxBytes) {
    throw ytDlpErrorOfClass('too-large', `more than ${maxBytes} bytes`);
  }
}

async function run(
  ytDlp: YtDlp,
  args: readonly string[],
  signal: AbortSignal | undefined,
  onStdoutLine?: (line: string) => void,
) {
  const { tool, jsRuntime } = ytDlp;
  const environment = {
    ...process.env,
    ...jsRuntime?.environment,
    ...tool.environment,
    PYTHONUTF8: '1',
    PYTHONUNBUFFERED: '1',
  };
  try {
    return await runProgram(tool.path, [...tool.prefixArguments, ...args], {
      environment,
      signal,
      ...(onStdoutLine ? { onStdoutLine } : {}),
    });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new EarshotError(
        'ytdlp.not-startable',
        `yt-dlp could not be started: ${error.message}`,
        'Correct its path in the settings, or clear the setting to use the managed copy.',
        { cause: error },
      );
    }
    throw error;
  }
}

function common(ytDlp: YtDlp, settings: YtDlpSettings | undefined): YtDlpCommonOptions {
  return { ...settings, jsRuntime: ytDlp.jsRuntime, ffmpegPath: ytDlp.ffmpegPath };
}
