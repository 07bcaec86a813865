import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CancelledError, EarshotError } from '../earshotError.ts';
import {
  discardBody,
  httpStatusError,
  networkError,
  requestMedia,
  type MediaResponse,
} from './httpRequest.ts';
import { StallGuard } from './stallGuard.ts';
import { isDiskFull } from './systemError.ts';
import { TransferRate, type TransferProgress } from './transferRate.ts';

export type HttpDownloadOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** Larger files are refused, by their announced size or while they come. */
  readonly maxBytes?: number | undefined;
  /** Seconds of silence after which a connection is given up; 30 by default. */
  readonly stallSeconds?: number | undefined;
  /** Tries after a broken connection without any new byte between them; 5 by default. */
  readonly retries?: number | undefined;
  /** Seconds before the first new try, doubled for each following one; 1 by default. */
  readonly retryDelaySeconds?: number | undefined;
};

/** What tells whether the bytes of a `.part` still belong to the file the server has now. */
const partStateSchema = z.object({ url: z.string(), validator: z.string() });
const chunkSchema = z.instanceof(Uint8Array);
const TRANSIENT = ['download.network', 'download.stalled', 'download.server'];

/**
 * Downloads an address to `file`, going on with the `.part` of an earlier try where the server
 * confirms (If-Range with a strong ETag or a date) that the file is still the same.
 *
 * The name appears only when the content is complete and on the disk.
 *
 * @returns how many bytes did not have to be fetched again
 * @throws EarshotError `download.network`, `.stalled`, `.not-found`, `.forbidden`, `.rate-limited`,
 *   `.server`, `.redirects`, `.too-large`, `.disk-full`; CancelledError
 */
export async function downloadHttp(
  url: URL,
  file: string,
  options: HttpDownloadOptions = {},
): Promise<{ resumedFromBytes: number }> {
  const retries = options.retries ?? 5;
  let resumedFromBytes: number | null = null;
  let failures = 0;
  for (;;) {
    const before = await sizeOf(`${file}.part`);
    try {
      const start = await downloadOnce(url, file, options);
      return { resumedFromBytes: resumedFromBytes ?? start };
    } catch (error) {
      if (isDiskFull(error)) throw diskFull(error);
      const after = await sizeOf(`${file}.part`);
      resumedFromBytes ??= Math.min(before, after);
      failures = after > before ? 1 : failures + 1;
      if (!isTransient(error) || failures > retries) throw error;
      const seconds = (options.retryDelaySeconds ?? 1) * 2 ** (failures - 1);
      await delay(seconds * 1000, undefined, { signal: options.signal }).catch(() => {
        throw new CancelledError();
      });
    }
  }
}

/** One connection; gives the offset it started from. */
async function downloadOnce(url: URL, file: string, options: HttpDownloadOptions): Promise<number> {
  const part = `${file}.part`;
  const stateFile = `${part}.json`;
  using guard = new StallGuard(options.stallSeconds ?? 30, options.signal);
  const known = await readState(stateFile, url);
  const partBytes = known === null ? 0 : await sizeOf(part);
  const headers: Record<string, string> =
    known === null || partBytes === 0
      ? {}
      : { range: `bytes=${partBytes}-`, 'if-range': known.validator };
  const { response, url: finalUrl } = await requestMedia(url, headers, guard.signal);
  if (response.status === 416 && partBytes > 0) {
    discardBody(response);
    // The part is the whole file, or the server's file is another one by now.
    if (totalOfRange(response) !== partBytes) {
      await rm(stateFile, { force: true });
      return await downloadOnce(url, file, options);
    }
    await finish(file);
    return partBytes;
  }
  if (!response.ok) {
    discardBody(response);
    throw httpStatusError(response.status, finalUrl);
  }
  const start = response.status === 206 ? startOfRange(response) : 0;
  if (start !== partBytes && start !== 0) {
    discardBody(response);
    await rm(stateFile, { force: true });
    throw networkError(new Error('the server sent another range than asked for'), finalUrl);
  }
  const totalBytes = totalOf(response, start);
  refuseTooLarge(response, totalBytes, options.maxBytes);
  await writeState(stateFile, url, response);
  const handle = await open(part, start === 0 ? 'w' : 'r+');
  try {
    await receive({ response, handle, start, totalBytes, guard, url: finalUrl, options });
    await handle.sync();
  } finally {
    await handle.close();
  }
  await finish(file);
  return start;
}

type Reception = {
  readonly response: MediaResponse;
  readonly handle: FileHandle;
  readonly start: number;
  readonly totalBytes: number | null;
  readonly guard: StallGuard;
  readonly url: URL;
  readonly options: HttpDownloadOptions;
};

async function receive(reception: Reception): Promise<void> {
  const { response, handle, start, totalBytes, guard, options } = reception;
  const rate = new TransferRate(start, options.onProgress ?? (() => undefined));
  let done = start;
  const chunks = response.body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw guard.signal.aborted ? guard.signal.reason : networkError(error, reception.url);
    });
    if (next.done === true) break;
    guard.heard();
    const chunk = chunkSchema.parse(next.value);
    if (options.maxBytes !== undefined && done + chunk.length > options.maxBytes) {
      await chunks.return?.();
      throw tooLarge(options.maxBytes);
    }
    await writeAll(handle, chunk, done);
    done += chunk.length;
    rate.update(done, totalBytes);
  }
  if (totalBytes !== null && done < totalBytes) {
    throw networkError(
      new Error(`the answer ended at byte ${done} of ${totalBytes}`),
      reception.url,
    );
  }
  rate.update(done, totalBytes ?? done, true);
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const result = await handle.write(chunk, written, chunk.length - written, position + written);
    written += result.bytesWritten;
  }
}

async function finish(file: string): Promise<void> {
  await rename(`${file}.part`, file);
  await rm(`${file}.part.json`, { force: true });
}

async function readState(stateFile: string, url: URL): Promise<{ validator: string } | null> {
  try {
    const state = partStateSchema.parse(JSON.parse(await readFile(stateFile, 'utf8')));
    return state.url === url.href ? state : null;
  } catch {
    return null;
  }
}

async function writeState(stateFile: string, url: URL, response: MediaResponse): Promise<void> {
  const etag = response.headers.get('etag');
  const strong = etag !== null && !etag.startsWith('W/') ? etag : null;
  const validator = strong ?? response.headers.get('last-modified');
  // Without a validator nothing proves that a later answer continues the same file.
  if (validator === null) await rm(stateFile, { force: true });
  else await writeFile(stateFile, JSON.stringify({ url: url.href, validator }));
}

function refuseTooLarge(
  response: MediaResponse,
  totalBytes: number | null,
  maxBytes: number | undefined,
): void {
  if (maxBytes === undefined || totalBytes === null || totalBytes <= maxBytes) return;
  discardBody(response);
  throw tooLarge(maxBytes);
}

function startOfRange(response: MediaResponse): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return start === undefined ? -1 : Number(start);
}

function totalOfRange(response: MediaResponse): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

function totalOf(response: MediaResponse, start: number): number | null {
  // The length is that of the encoded form, and decoded bytes are what is counted.
  if (response.headers.has('content-encoding')) return null;
  const length = response.headers.get('content-length');
  return totalOfRange(response) ?? (length === null ? null : start + Number(length));
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof EarshotError && TRANSIENT.includes(error.code);
}

function tooLarge(maxBytes: number): EarshotError {
  return new EarshotError(
    'download.too-large',
    `The file is larger than the limit of ${maxBytes} bytes.`,
    'Give a shorter source.',
  );
}

function diskFull(cause: unknown): EarshotError {
  return new EarshotError(
    'download.disk-full',
    'The disk is full.',
    'Free some space and run it again: the download goes on where it stopped.',
    { cause },
  );
}
