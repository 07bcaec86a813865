const NEWLINE = 10;

/** Longest line that is kept, in bytes; what is beyond is skipped and counted. */
export const MAX_LINE_BYTES = 64 * 1024;

/** Takes one line, without its end: bytes of `buffer`, which is only lent. */
export type LineSink = (buffer: Buffer, from: number, to: number) => void;

/** Splits pieces of a byte stream into lines; where a piece ends makes no difference. Memory is bounded by one line. */
export class LineSplitter {
  readonly #sink: LineSink;
  #rest: Buffer | null = null;
  #restLength = 0;
  #skipped = 0;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  /** Bytes of lines that were too long. */
  get skippedBytes(): number {
    return this.#skipped;
  }

  push(chunk: Uint8Array): void {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, from)) {
      if (this.#restLength > 0) {
        this.#keep(buffer, from, end);
        this.#flush();
      } else {
        this.#give(buffer, from, end);
      }
      from = end + 1;
    }
    if (from < buffer.length) this.#keep(buffer, from, buffer.length);
  }

  /** Gives the last line where no line end follows it. */
  end(): void {
    if (this.#restLength > 0) this.#flush();
  }

  #give(buffer: Buffer, from: number, to: number): void {
    const kept = Math.min(to, from + MAX_LINE_BYTES);
    this.#skipped += to - kept;
    this.#sink(buffer, from, kept);
  }

  #keep(buffer: Buffer, from: number, to: number): void {
    const room = MAX_LINE_BYTES - this.#restLength;
    const length = Math.min(room, to - from);
    this.#skipped += to - from - length;
    this.#rest ??= Buffer.allocUnsafeSlow(MAX_LINE_BYTES);
    if (length > 0) buffer.copy(this.#rest, this.#restLength, from, from + length);
    this.#restLength += length;
  }

  #flush(): void {
    const length = this.#restLength;
    this.#restLength = 0;
    if (this.#rest !== null) this.#sink(this.#rest, 0, length);
  }
}
