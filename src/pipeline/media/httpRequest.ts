import { CancelledError, EarshotError } from '../earshotError.ts';
import { parseMediaUrl } from './sourceKind.ts';
import { systemErrorCode } from './systemError.ts';

/** As many as browsers roughly allow; a longer chain is a loop. */
const MAX_REDIRECTS = 10;

/**
 * Asks for an address, following redirects whose every step is checked like a typed address.
 *
 * Any final status comes back; `url` is where the answer really came from. `identity` encoding keeps
 * byte offsets those of the file.
 *
 * @throws EarshotError `download.network`, `download.redirects`, `source.*`; CancelledError
 */
export async function requestMedia(
  start: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ response: Response; url: URL }> {
  let url = start;
  for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
    const response = await fetchOnce(url, headers, signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return { response, url };
    }
    await discardBody(response);
    const next = URL.parse(location, url);
    if (next === null) break;
    url = parseMediaUrl(next.href).url;
  }
  throw new EarshotError(
    'download.redirects',
    `${start.host} sends the request around in circles.`,
    'Open the address in a browser and give the one it ends at.',
  );
}

/** Ends an answer whose content is not wanted, and frees its connection. */
export async function discardBody(response: Response): Promise<void> {
  // A connection that broke meanwhile needs no closing.
  await response.body?.cancel().catch(() => undefined);
}

/** The error for a final status that is not a success. */
export function httpStatusError(status: number, url: URL): EarshotError {
  const message = `${url.host} answered with HTTP status ${status}.`;
  if (status === 404 || status === 410) {
    return new EarshotError(
      'download.not-found',
      message,
      'There is no such file: open the address in a browser and check it.',
    );
  }
  if (status === 401 || status === 402 || status === 403 || status === 451) {
    return new EarshotError(
      'download.forbidden',
      message,
      'Download the file where you have access, and give its path.',
    );
  }
  if (status === 429) {
    return new EarshotError(
      'download.rate-limited',
      message,
      'Wait some minutes and run it again.',
    );
  }
  return new EarshotError(
    'download.server',
    message,
    'Run it again in some minutes: the download goes on where it stopped.',
  );
}

/** The error for a connection that failed or broke, by the cause that the runtime gives. */
export function networkError(error: unknown, url: URL): EarshotError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = systemErrorCode(cause);
  const reason = code === null ? '' : ` (${code})`;
  return new EarshotError(
    'download.network',
    `The connection to ${url.host} failed${reason}.`,
    'Check the address and the connection, then run it again: the download goes on where it stopped.',
    { cause: error },
  );
}

async function fetchOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  isRepeat = false,
): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...headers },
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    if (signal.aborted)
      throw signal.reason instanceof EarshotError ? signal.reason : new CancelledError();
    // A connection kept open from an earlier request may just have been closed by the server.
    if (!isRepeat && wasReset(error)) return await fetchOnce(url, headers, signal, true);
    throw networkError(error, url);
  }
}

function wasReset(error: unknown): boolean {
  const code = systemErrorCode(error instanceof Error ? error.cause : null);
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
}
