import { EarshotError } from '../earshotError.ts';
import { discardBody, httpStatusError, requestMedia, type MediaResponse } from './httpRequest.ts';
import { mediaExtension, plainMediaExtension } from './mediaType.ts';
import { StallGuard } from './stallGuard.ts';

/** A media file that an address leads to directly. */
export type PlainMedia = {
  readonly url: URL;
  readonly bytes: number | null;
  readonly extension: string;
};

/**
 * Asks for the first byte of an address to learn whether it is one media file (null: a page, a list,
 * or a refusal that yt-dlp may know a way around).
 *
 * One ranged GET instead of HEAD, which many servers answer wrongly.
 *
 * @throws EarshotError `download.network`, `.stalled`, `.redirects`, and by status where the address
 *   ends like a media file; CancelledError
 */
export async function probeHttp(
  url: URL,
  options: { signal?: AbortSignal | undefined; stallSeconds?: number | undefined } = {},
): Promise<PlainMedia | null> {
  using guard = new StallGuard(options.stallSeconds ?? 30, options.signal);
  const { response, url: finalUrl } = await requestMedia(url, { range: 'bytes=0-0' }, guard.signal);
  discardBody(response);
  // An empty file has no first byte: 416 with a total of 0.
  if (response.status === 416 && mediaExtension(finalUrl) !== null) throw emptyFile(finalUrl);
  if (!response.ok) {
    if (mediaExtension(finalUrl) !== null) throw httpStatusError(response.status, finalUrl);
    return null;
  }
  const extension = plainMediaExtension(response.headers.get('content-type'), finalUrl);
  return extension === null ? null : { url, bytes: announcedBytes(response), extension };
}

function announcedBytes(response: MediaResponse): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) return Number(total);
  const length = response.headers.get('content-length');
  return response.status === 200 && length !== null ? Number(length) : null;
}

function emptyFile(url: URL): EarshotError {
  return new EarshotError(
    'media.empty',
    `The file at ${url.host} is empty.`,
    'Check the address: there is nothing to transcribe.',
  );
}
