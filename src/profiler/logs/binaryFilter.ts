import { isUtf8 } from 'node:buffer';

const NEWLINE = 10;
/** Control characters that texts hold: backspace to carriage return, and escape. */
const isTextControl = (byte: number): boolean => (byte >= 8 && byte <= 13) || byte === 27;
const CONTROL = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte < 32 || byte === 127) && !isTextControl(byte) ? 1 : 0,
);

/** Share of control characters from which on UTF-8 is no text; protocols with separators of their own stay below. */
const MOST_IN_UTF8 = 0.3;
/** The same of other bytes, where text of an old encoding has none and chance gives one in ten. */
const MOST_ELSE = 0.03;
/** Share of zeros from which on text may be UTF-16 without its mark. */
const WIDE = 0.3;
/** Pieces between binary ones that are shorter say nothing by themselves. */
const SHORT = 64;
const SHORTEST = 4;
const HEAD = 4096;

/**
 * Takes what is no text out of a log: lines of binary data become empty lines, so that the others keep their numbers,
 * and each run of them is told with its place.
 */
export class BinaryFilter {
  readonly #onText: (bytes: Uint8Array) => void;
  readonly #onBinary: (offset: number, bytes: number) => void;
  readonly #wide: boolean;
  #offset = 0;
  /** Where the run of binary data at hand begins; -1 outside of one. */
  #runAt: number;
  #runBytes = 0;
  /** Whether the line at hand began with binary data in an earlier piece. */
  #lineIsBinary = false;
  /** Bytes that were handed on, without line ends. */
  textBytes = 0;

  constructor(
    head: Uint8Array,
    onText: (bytes: Uint8Array) => void,
    onBinary: (offset: number, bytes: number) => void,
  ) {
    this.#onText = onText;
    this.#onBinary = onBinary;
    const beginning = head.subarray(0, HEAD);
    this.#wide = isWide(beginning);
    this.#runAt = !this.#wide && isBinary(beginning) ? 0 : -1;
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#offset;
  }

  chunk(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const clean = this.#runAt < 0 && !this.#lineIsBinary && !bytes.includes(0) && isUtf8(bytes);
    if (clean || this.#wide) {
      this.textBytes += bytes.length;
      this.#offset += bytes.length;
      this.#onText(bytes);
      return;
    }
    let textFrom = 0;
    for (let from = 0; from < bytes.length;) {
      const end = bytes.indexOf(NEWLINE, from);
      const to = end < 0 ? bytes.length : end;
      if (this.#takes(bytes.subarray(from, to), this.#offset + from)) this.textBytes += to - from;
      else {
        if (from > textFrom) this.#onText(bytes.subarray(textFrom, from));
        textFrom = to;
      }
      if (end >= 0) this.#lineIsBinary = false;
      from = to + 1;
    }
    if (bytes.length > textFrom) this.#onText(bytes.subarray(textFrom));
    this.#offset += bytes.length;
  }

  end(): void {
    this.#endRun();
  }

  /** Whether a line, or a part of one, is text. */
  #takes(line: Uint8Array, offset: number): boolean {
    if (line.length === 0) return !this.#lineIsBinary;
    const inRun = this.#runAt >= 0;
    const binary = this.#lineIsBinary || isBinary(line) || (inRun && isDebris(line));
    if (!binary) {
      this.#endRun();
      return true;
    }
    if (!inRun) this.#runAt = offset;
    this.#runBytes = offset + line.length - this.#runAt;
    this.#lineIsBinary = true;
    return false;
  }

  #endRun(): void {
    if (this.#runAt >= 0 && this.#runBytes > 0) this.#onBinary(this.#runAt, this.#runBytes);
    this.#runAt = -1;
    this.#runBytes = 0;
  }
}

function isBinary(bytes: Uint8Array): boolean {
  const controls = controlsIn(bytes);
  if (controls === 0) return false;
  return controls >= bytes.length * (isUtf8(bytes) ? MOST_IN_UTF8 : MOST_ELSE);
}

/** Too short to be told by itself, amid what is binary. */
function isDebris(bytes: Uint8Array): boolean {
  if (bytes.length < SHORTEST) return true;
  return bytes.length < SHORT && (controlsIn(bytes) > 0 || !isUtf8(bytes));
}

function controlsIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) count += CONTROL[byte] ?? 0;
  return count;
}

/** UTF-16 of what is mostly ASCII: every other byte is zero, hardly two in a row. */
function isWide(bytes: Uint8Array): boolean {
  let zeros = 0;
  let pairs = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] !== 0) continue;
    zeros += 1;
    if (bytes[i + 1] === 0) pairs += 1;
  }
  return bytes.length > 1 && zeros >= bytes.length * WIDE && pairs <= zeros / 10;
}
