import { type Stats, constants, createReadStream, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename } from 'node:path';
import { ProfilerError } from '../model/profilerError.ts';
import { peekBytes } from './byteStream.ts';
import {
  DECOMPRESSION_LIMITS,
  type DecompressionLimits,
  compressionOf,
  decompress,
} from './decompress.ts';
import type { ByteSource } from './importer.ts';
import { utf16Of, utf16ToUtf8 } from './utf16.ts';

/** The name that stands for standard input. */
export const STANDARD_INPUT = '-';

const HEAD_BYTES = 64 * 1024;
const READ_BYTES = 2 ** 20;

/** Archives in archives beyond this are nobody's traces. */
const MAX_LAYERS = 4;

/** Most bytes that `bytes()` collects unless told otherwise. */
const MAX_COLLECTED_BYTES = 2 ** 30;

/** How shells hand a pipe over by name: `<(command)`. Others may wait for their writer forever. */
const OPEN_PIPE = /^\/(?:dev\/fd|proc\/self\/fd)\/\d+$/u;

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** Where `-` is read from. */
  readonly stdin?: AsyncIterable<Uint8Array | string> | undefined;
  readonly limits?: DecompressionLimits;
  /** Told of bytes read of the file, before they are decompressed, and of its size where that is known. */
  readonly onProgress?: ((bytes: number, size: number | null) => void) | undefined;
  /** Told of compressed data that are cut off or damaged: what comes before is given. */
  readonly onDamage: (offset: number, reason: string) => void;
}

/**
 * Opens a file, or standard input as `-`: decompressed (gzip and zlib, also in one another, told by their content) and
 * as UTF-8 where it is UTF-16.
 *
 * @throws ProfilerError `import.not-found`, `import.unreadable`; while it is read also `import.too-large`.
 */
export async function openSource(path: string, options: OpenOptions): Promise<ByteSource> {
  const file = await openFile(path, options);
  const limits = options.limits ?? DECOMPRESSION_LIMITS;
  let peeked = await peekBytes(file.pieces, HEAD_BYTES);
  let { size } = file;
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const compression = compressionOf(peeked.beginning);
    if (compression === null) break;
    size = null;
    const pieces = decompress(peeked.all, compression, limits, options.onDamage);
    peeked = await peekBytes(pieces, HEAD_BYTES);
  }
  const encoding = utf16Of(peeked.beginning);
  if (encoding !== null) {
    size = null;
    peeked = await peekBytes(utf16ToUtf8(peeked.all, encoding), HEAD_BYTES);
  }
  const { beginning, complete, all } = peeked;
  return {
    name: path,
    size,
    head: {
      name: path === STANDARD_INPUT ? 'stdin' : basename(path),
      bytes: beginning,
      text: new TextDecoder().decode(beginning),
      complete,
    },
    chunks: () => all,
    bytes: (limit = MAX_COLLECTED_BYTES) => collect(all, limit),
  };
}

interface OpenFile {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly size: number | null;
}

async function openFile(path: string, options: OpenOptions): Promise<OpenFile> {
  if (path === STANDARD_INPUT) {
    if (options.stdin === undefined) {
      throw new ProfilerError('import.not-found', 'There is no standard input to read from.');
    }
    return { pieces: watched(options.stdin, null, options), size: null };
  }
  const found = await stat(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  if (found.isFIFO() && OPEN_PIPE.test(path)) {
    return { pieces: readable(path, watched(openPipe(path, options), null, options)), size: null };
  }
  if (!found.isFile()) {
    const advice = found.isDirectory() ? '' : ' Pass what it gives by -, as standard input.';
    const message = `${path} is ${kindOf(found)}, not a file.${advice}`;
    throw new ProfilerError('import.unreadable', message);
  }
  const { size } = found;
  const stream = createReadStream(path, { highWaterMark: READ_BYTES, signal: options.signal });
  return { pieces: readable(path, watched(stream, size, options)), size };
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a directory';
  if (found.isFIFO()) return 'a named pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

/**
 * A pipe that the shell has opened. It is read as a socket is: a read of a file waits in a thread, which nothing can end.
 */
function openPipe(path: string, { signal }: OpenOptions): Socket {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false, signal });
}

async function* watched(
  stream: AsyncIterable<Uint8Array | string>,
  size: number | null,
  options: OpenOptions,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of stream) {
    options.signal.throwIfAborted();
    bytes += piece.length;
    options.onProgress?.(bytes, size);
    yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  }
}

async function* readable(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw (error as { syscall?: unknown }).syscall === undefined ? error : fileError(path, error);
  }
}

function fileError(path: string, cause: unknown): ProfilerError {
  const { code } = cause as { code?: unknown };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ProfilerError('import.not-found', `There is no file ${path}.`, { cause });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : String(code);
  return new ProfilerError('import.unreadable', `${path} cannot be read: ${why}.`, { cause });
}

async function collect(pieces: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const collected: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > limit) {
      const mib = Math.floor(limit / 2 ** 20);
      throw new ProfilerError('import.too-large', `The input is larger than ${mib} MiB.`);
    }
    collected.push(piece);
  }
  return Buffer.concat(collected, length);
}
