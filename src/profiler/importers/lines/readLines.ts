import type { ByteSource } from '../importer.ts';

/** Longest line that is read, in bytes: room for a stack of a million frames. */
export const MAX_LINE_BYTES = 1 << 26;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

export interface LineHandler {
  /**
   * A line without its end.
   *
   * @param offset byte at which it begins.
   */
  line(text: string, offset: number): void;
  /** A line of more than MAX_LINE_BYTES, which is left out. */
  tooLong(offset: number): void;
}

/** Reads a source line by line in bounded memory; lines end in LF or CRLF. */
export async function readLines(
  source: ByteSource,
  handler: LineHandler,
  signal?: AbortSignal,
): Promise<void> {
  const splitter = new LineSplitter(handler);
  for await (const chunk of source.chunks()) {
    signal?.throwIfAborted();
    splitter.push(chunk);
  }
  splitter.end();
}

class LineSplitter {
  readonly #handler: LineHandler;
  #pieces: Uint8Array[] = [];
  #pending = 0;
  #lineStart = 0;
  #position = 0;
  #tooLong = false;

  constructor(handler: LineHandler) {
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (;;) {
      const at = chunk.indexOf(NEWLINE, from);
      if (at < 0) break;
      this.#keep(chunk.subarray(from, at));
      this.#emit();
      from = at + 1;
      this.#lineStart = this.#position + from;
    }
    this.#keep(chunk.subarray(from));
    this.#position += chunk.length;
  }

  end(): void {
    if (this.#pending > 0 || this.#tooLong) this.#emit();
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0 || this.#tooLong) return;
    this.#pending += piece.length;
    if (this.#pending > MAX_LINE_BYTES) {
      this.#tooLong = true;
      this.#pieces = [];
      return;
    }
    this.#pieces.push(piece);
  }

  #emit(): void {
    const offset = this.#lineStart;
    if (this.#tooLong) {
      this.#handler.tooLong(offset);
    } else {
      const [only] = this.#pieces;
      const bytes =
        this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces);
      const end =
        bytes.length > 0 && bytes[bytes.length - 1] === CARRIAGE_RETURN
          ? bytes.length - 1
          : bytes.length;
      let text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8');
      if (this.#lineStart === 0 && text.startsWith('\ufeff')) text = text.slice(1);
      this.#handler.line(text, offset);
    }
    this.#pieces = [];
    this.#pending = 0;
    this.#tooLong = false;
  }
}
