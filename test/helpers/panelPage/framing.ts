/*
 * Messages with bytes in them, for the way between page and extension: the length of the text and of each run of bytes (u32,
 * little-endian), then the text as JSON in which `{"$bytes": n}` stands for the n-th run, then the bytes. Runs in Node and in the page.
 */

export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const runs: Uint8Array[] = [];
  const text = new TextEncoder().encode(
    JSON.stringify(message, function (this: Record<string, unknown>, key, value: unknown) {
      // A Buffer of Node has become an object of numbers already: the original is in its holder.
      const original = this[key];
      if (!(original instanceof Uint8Array)) return value;
      runs.push(original);
      return { $bytes: runs.length - 1 };
    }),
  );
  const head = 8 + 4 * runs.length;
  const size = runs.reduce((sum, { byteLength }) => sum + byteLength, head + text.byteLength);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.byteLength, true);
  view.setUint32(4, runs.length, true);
  bytes.set(text, head);
  let at = head + text.byteLength;
  for (const [index, run] of runs.entries()) {
    view.setUint32(8 + 4 * index, run.byteLength, true);
    bytes.set(run, at);
    at += run.byteLength;
  }
  return bytes;
}

export function decodeMessage(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textLength = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  const head = 8 + 4 * count;
  let at = head + textLength;
  const runs = Array.from({ length: count }, (_, index) => {
    const length = view.getUint32(8 + 4 * index, true);
    at += length;
    // A copy of its own, as structured cloning gives it.
    return new Uint8Array(bytes.slice(at - length, at));
  });
  const text = new TextDecoder().decode(bytes.subarray(head, head + textLength));
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$bytes' in value)) return value;
    return typeof value.$bytes === 'number' ? runs[value.$bytes] : value;
  }) as unknown;
}

/** A message with its own length (u32) before it, for a stream. */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const body = encodeMessage(message);
  const frame = new Uint8Array(4 + body.byteLength);
  new DataView(frame.buffer).setUint32(0, body.byteLength, true);
  frame.set(body, 4);
  return frame;
}

/** Takes a stream of frames apart, however it was cut. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #held = 0;

  /** The messages that are whole with this chunk. */
  push(chunk: Uint8Array): unknown[] {
    this.#chunks.push(chunk);
    this.#held += chunk.byteLength;
    const messages: unknown[] = [];
    for (;;) {
      const length = this.#length();
      if (length === undefined || this.#held < 4 + length) return messages;
      const bytes = this.#joined();
      messages.push(decodeMessage(bytes.subarray(4, 4 + length)));
      this.#chunks = [bytes.subarray(4 + length)];
      this.#held = bytes.byteLength - 4 - length;
    }
  }

  #length(): number | undefined {
    if (this.#held < 4) return undefined;
    let [first] = this.#chunks;
    if (first === undefined || first.byteLength < 4) {
      first = this.#joined();
      this.#chunks = [first];
    }
    return new DataView(first.buffer, first.byteOffset).getUint32(0, true);
  }

  #joined(): Uint8Array {
    const [first] = this.#chunks;
    if (first !== undefined && this.#chunks.length === 1) return first;
    const bytes = new Uint8Array(this.#held);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
    return bytes;
  }
}
