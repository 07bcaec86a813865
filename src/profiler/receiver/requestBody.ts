import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import type { BytesInFlight } from './byteBudget.ts';
import type { ReceiverLimits } from './receiverLimits.ts';
import { RPC_CODE, RequestProblem } from './requestProblem.ts';

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
} as const;

/**
 * Reads the body of a request, decompressed while it comes, so that a small body that becomes a huge one is stopped at
 * the limit. What it takes of `inFlight` is given back by the caller.
 *
 * @throws RequestProblem 400, 408, 413, 415, 429
 */
export async function readRequestBody(
  request: IncomingMessage,
  limits: ReceiverLimits,
  inFlight: BytesInFlight,
): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limits.bodyBytes) throw tooLarge(limits);
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const stream = decoded(request, encoding);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    await eachPiece(request, stream, limits.bodyMilliseconds, (piece) => {
      length += piece.length;
      if (length > limits.bodyBytes) throw tooLarge(limits);
      inFlight.take(piece.length);
      pieces.push(piece);
    });
  } catch (error) {
    // Not destroyed: it still has to be answered.
    request.unpipe();
    if (stream !== request) stream.destroy();
    throw error instanceof RequestProblem ? error : notReadable(error, encoding);
  }
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces, length);
}

function eachPiece(
  request: IncomingMessage,
  stream: Readable,
  milliseconds: number,
  onPiece: (piece: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      stream.off('data', onData);
      if (error === undefined) resolve();
      else reject(error);
    };
    const timer = setTimeout(() => {
      const message = `The body did not arrive within ${milliseconds / 1000} s.`;
      settle(new RequestProblem(408, RPC_CODE.deadlineExceeded, message));
    }, milliseconds);
    const onData = (piece: Buffer): void => {
      try {
        onPiece(piece);
      } catch (error) {
        settle(error as Error);
      }
    };
    const onGone = (): void => {
      if (!request.complete) settle(new Error('the client went away'));
    };
    stream.on('data', onData);
    stream.once('end', () => settle());
    stream.on('error', settle);
    request.on('error', settle);
    request.once('close', onGone);
  });
}

function decoded(request: IncomingMessage, encoding: string): Readable {
  if (encoding === 'identity' || encoding === '') return request;
  if (!Object.hasOwn(DECODERS, encoding)) {
    throw new RequestProblem(
      415,
      RPC_CODE.unimplemented,
      `The encoding ${encoding} is not known; gzip, deflate and none are.`,
    );
  }
  return request.pipe(DECODERS[encoding as keyof typeof DECODERS]());
}

function tooLarge({ bodyBytes }: ReceiverLimits): RequestProblem {
  return new RequestProblem(
    413,
    RPC_CODE.resourceExhausted,
    `The body is larger than ${bodyBytes / 2 ** 20} MiB.`,
  );
}

function notReadable(error: unknown, encoding: string): RequestProblem {
  const reason = error instanceof Error ? error.message : String(error);
  const what = encoding === 'identity' ? 'read' : `decompressed (${encoding})`;
  return new RequestProblem(
    400,
    RPC_CODE.invalidArgument,
    `The body could not be ${what}: ${reason}.`,
  );
}
