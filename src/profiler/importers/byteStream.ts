/** The beginning of a stream of bytes, and the stream from its first byte on. */
export interface Peeked {
  readonly beginning: Buffer;
  /** Whether `beginning` is all of it. */
  readonly complete: boolean;
  readonly all: AsyncIterable<Uint8Array>;
}

/** Takes at least `wanted` bytes off the beginning of a stream, without losing them. */
export async function peekBytes(
  stream: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<Peeked> {
  const iterator: AsyncIterator<Uint8Array, unknown> = stream[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  let complete = false;
  while (length < wanted) {
    const next = await iterator.next();
    if (next.done === true) {
      complete = true;
      break;
    }
    taken.push(next.value);
    length += next.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken.splice(0);
      while (!complete) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return {
    beginning: Buffer.concat(taken).subarray(0, wanted),
    complete: complete && length <= wanted,
    all: all(),
  };
}
