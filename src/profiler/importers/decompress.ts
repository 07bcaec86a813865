import type { Transform } from 'node:stream';
import { constants, createGunzip, createInflate, inflateSync } from 'node:zlib';
import { ProfilerError } from '../model/profilerError.ts';

/** Bounds on what an input may become when it is decompressed. */
export interface DecompressionLimits {
  readonly maxBytes: number;
  /** Most bytes for each compressed byte, looked at beyond `ratioFromBytes`. Deflate reaches 1032. */
  readonly maxRatio: number;
  readonly ratioFromBytes: number;
}

export const DECOMPRESSION_LIMITS: DecompressionLimits = {
  maxBytes: 16 * 2 ** 30,
  maxRatio: 400,
  ratioFromBytes: 256 * 2 ** 20,
};

/** How input is compressed, or null. */
export type Compression = 'gzip' | 'zlib';

/** Tells compressed input by its first bytes. Those of zlib may be text (`x^`), so it is tried. */
export function compressionOf(beginning: Buffer): Compression | null {
  const [first = 0, second = 0, third = 0] = beginning;
  if (first === 0x1f && second === 0x8b && third === 8) return 'gzip';
  if (first !== 0x78 || (first * 256 + second) % 31 !== 0) return null;
  try {
    inflateSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH });
    return 'zlib';
  } catch {
    return null;
  }
}

/** Input is given to zlib in pieces of this size: a damaged one is lost as a whole. */
const PIECE_BYTES = 16 * 1024;

/**
 * The decompressed bytes of a stream. One that is damaged or cut off gives what comes before the damage.
 *
 * @param onDamage told why, and after how many decompressed bytes.
 * @throws ProfilerError `import.too-large` beyond the limits.
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  compression: Compression,
  limits: DecompressionLimits,
  onDamage: (offset: number, reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const options = { chunkSize: 256 * 1024 };
  const inflate = compression === 'gzip' ? createGunzip(options) : createInflate(options);
  const inflated = new Inflated(inflate);
  let compressed = 0;
  let bytes = 0;
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length && !inflated.over; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES);
        compressed += piece.length;
        await inflated.write(piece);
        for (const output of inflated.take()) {
          bytes += output.length;
          checkLimits(bytes, compressed, limits);
          yield output;
        }
      }
      if (inflated.over) break;
    }
    await inflated.finish();
    for (const output of inflated.take()) {
      bytes += output.length;
      yield output;
    }
    if (inflated.damage !== null) onDamage(bytes, damageReason(compression, inflated.damage));
  } finally {
    inflate.destroy();
  }
}

/** Lets a stream of zlib be written to piece by piece, each piece's output in hand before the next is written. */
class Inflated {
  readonly #stream: Transform;
  #output: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  /** Why the input could not be decompressed to its end. */
  damage: Error | null = null;
  /** Whether nothing more comes out. */
  over = false;

  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on('data', (piece: Uint8Array) => this.#output.push(piece));
    stream.on('end', () => this.#end(null));
    stream.on('error', (error: Error) => this.#end(error));
  }

  async write(piece: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.write(piece, () => resolve());
    });
  }

  async finish(): Promise<void> {
    if (this.over) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.end();
    });
  }

  take(): Uint8Array[] {
    const taken = this.#output;
    this.#output = [];
    return taken;
  }

  #end(damage: Error | null): void {
    this.over = true;
    this.damage = damage;
    this.#wake();
  }
}

function checkLimits(bytes: number, compressed: number, limits: DecompressionLimits): void {
  if (bytes > limits.maxBytes) {
    const gib = Math.floor(limits.maxBytes / 2 ** 30);
    throw new ProfilerError(
      'import.too-large',
      `The input is larger than ${gib} GiB when decompressed.`,
    );
  }
  if (bytes > limits.ratioFromBytes && bytes > compressed * limits.maxRatio) {
    const message = `The input grows more than ${limits.maxRatio}-fold when decompressed: a decompression bomb.`;
    throw new ProfilerError('import.too-large', message);
  }
}

function damageReason(compression: Compression, { message }: Error): string {
  return message === 'unexpected end of file'
    ? `the ${compression} data are cut off`
    : `the ${compression} data are damaged: ${message}`;
}
