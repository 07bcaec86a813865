import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { CancelledError, EarshotError } from '../earshotError.ts';
import { parseMediaUrl } from './sourceKind.ts';
import { systemErrorCode } from './systemError.ts';

/** An answer whose head has come and whose body has not been read yet. */
export type MediaResponse = {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: IncomingMessage;
};

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
): Promise<{ response: MediaResponse; url: URL }> {
  let url = start;
  for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
    const response = await fetchOnce(url, headers, signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return { response, url };
    }
    discardBody(response);
    const next = URL.parse(location, url.href);
    if (next === null) break;
    url = parseMediaUrl(next.href).url;
  }
  throw new EarshotError(
    'download.redirects',
    `${start.host} sends the request around in circles.`,
    'Open the address in a browser and give the one it ends at.',
  );
}

/** Ends an answer whose content is not wanted, and closes its connection. */
export function discardBody(response: MediaResponse): void {
  response.body.on('error', () => undefined).destroy();
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

/**
 * One request on a connection of its own. Not `fetch`: undici 7.29 ends the whole process with a failed
 * assertion where a server breaks off an answer marked `Connection: close` that is read slowly.
 */
async function fetchOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<MediaResponse> {
  try {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const { request } = url.protocol === 'https:' ? https : http;
      const sent = { 'accept-encoding': 'identity', 'user-agent': 'earshot', ...headers };
      request(url, { agent: false, headers: sent, signal }, resolve).on('error', reject).end();
    });
    const status = message.statusCode ?? 0;
    const received = Object.entries(message.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    return {
      status,
      ok: status >= 200 && status < 300,
      headers: new Headers(received),
      body: message,
    };
  } catch (error) {
    if (signal.aborted)
      throw signal.reason instanceof EarshotError ? signal.reason : new CancelledError();
    throw networkError(error, url);
  }
}
