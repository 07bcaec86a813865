import { QUOTE } from './jsonBytes.ts';
import { JsonError, JsonTooLargeError } from './jsonError.ts';

/** Thrown where a value goes on in bytes that are not in memory yet. One object, so that it costs no stack trace. */
export const UNDERFLOW = new Error('More bytes are needed.');

const MARK = [0xef, 0xbb, 0xbf];

/** First size of the window; pieces of the input are at most about this large. */
const INITIAL_BYTES = 1 << 16;

/** Bytes behind the last one, see below. */
const SENTINELS = 2;

/**
 * The part of an input that is in memory. Behind the last byte there is always a zero, which no JSON token holds: so
 * loops over bytes look for the end only where they meet one. Behind that there is a quote, so that a search for the
 * end of a string does not go on into rubbish.
 */
export class ByteWindow {
  /** The window; bytes from `end` on are rubbish but for the zero at `end`. */
  protected bytes: Buffer = Buffer.alloc(INITIAL_BYTES);
  /** The next byte to read. */
  protected at = 0;
  protected end = 0;
  /** Whether nothing follows the window. */
  protected closed = false;
  /** Offset of the window's first byte in the input. */
  #base = 0;

  /** Byte offset in the input of the next byte to read. */
  get offset(): number {
    return this.#base + this.at;
  }

  /** Byte offset in the input of a position in the window. */
  protected offsetOf(at: number): number {
    return this.#base + at;
  }

  /** Goes back to an offset that is still in memory: one from which `retain` was called since. */
  rewind(offset: number): void {
    this.at = offset - this.#base;
  }

  /** Forgets what lies before an offset and adds a piece of the input. Throws JsonTooLargeError beyond `limit`. */
  append(piece: Uint8Array, keepFrom: number, limit: number): void {
    const from = keepFrom - this.#base;
    const kept = this.end - from;
    const needed = kept + piece.length;
    if (needed > limit) {
      const reason = `a value is longer than ${Math.floor(limit / 2 ** 20)} MiB`;
      throw new JsonTooLargeError(reason, keepFrom);
    }
    if (needed + SENTINELS > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed + SENTINELS, this.bytes.length * 2));
      this.bytes.copy(grown, 0, from, this.end);
      this.bytes = grown;
    } else if (from > 0) {
      this.bytes.copyWithin(0, from, this.end);
    }
    this.bytes.set(piece, kept);
    this.end = needed;
    this.bytes[needed] = 0;
    this.bytes[needed + 1] = QUOTE;
    this.#base += from;
    this.at -= from;
  }

  /** Tells that nothing follows. */
  close(): void {
    this.closed = true;
  }

  /** Whether nothing follows the window. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** Bytes in memory from an offset on. */
  bytesFrom(offset: number): number {
    return this.#base + this.end - offset;
  }

  /** Skips the byte-order mark of UTF-8 at the beginning of an input. */
  skipMark(): void {
    if (this.end - this.at < MARK.length && !this.closed) throw UNDERFLOW;
    if (MARK.every((byte, i) => this.bytes[this.at + i] === byte)) this.at += MARK.length;
  }

  /** Offset of the next occurrence of `pattern` in memory from an offset on; -1 without one. */
  find(pattern: Buffer | string, from: number): number {
    const found = this.bytes.indexOf(pattern, from - this.#base);
    return found < 0 || found + pattern.length > this.end ? -1 : this.#base + found;
  }

  /** The bytes in memory from an offset on, at most `length` of them: a view. */
  peekBytes(offset: number, length: number): Buffer {
    const from = offset - this.#base;
    return this.bytes.subarray(from, Math.min(this.end, from + length));
  }

  /** Says that the value goes on behind the window: to be fetched, or missing. Never returns. */
  underflow(): never {
    if (!this.closed) throw UNDERFLOW;
    throw new JsonError('the file ends before the value does', this.offsetOf(this.end), true);
  }
}
