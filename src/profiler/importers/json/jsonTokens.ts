import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './jsonBytes.ts';
import { ByteWindow } from './byteWindow.ts';
import { JsonError } from './jsonError.ts';

/** From here on the platform finds the end of a string faster than a loop. */
const LONG_STRING = 48;

/** Where the skipping of a value stands. */
export interface SkipState {
  depth: number;
  inString: boolean;
  afterBackslash: boolean;
}

/** Whether the value was a string, and is over. */
function isBehindString({ inString, depth }: SkipState): boolean {
  return !inString && depth === 0;
}

/** The smallest parts of JSON in the bytes in memory: white space, strings, numbers and words, whole values. */
export class JsonTokens extends ByteWindow {
  /** Of the last string: the bytes between its quotes. */
  protected textFrom = 0;
  protected textTo = 0;
  protected textHash = 0;
  /** Whether it has escapes, and bytes beyond ASCII. */
  protected escaped = false;
  protected wide = false;

  /** Skips one value of any depth. */
  skip(): void {
    let depth = 0;
    do {
      const byte = this.nonSpace();
      if (byte === QUOTE) this.skipString();
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth += 1;
        this.at += 1;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (depth === 0) throw this.unexpected();
        depth -= 1;
        this.at += 1;
      } else if ((byte === COMMA || byte === COLON) && depth > 0) this.at += 1;
      else this.scanScalar();
    } while (depth > 0);
  }

  /**
   * Goes on skipping a value that may be larger than memory: all of the window is used up.
   *
   * @param state all 0 and false before the first call; changed by each one.
   * @returns whether the value ended.
   */
  skipPiece(state: SkipState): boolean {
    const { bytes, end } = this;
    let { at } = this;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (state.inString) {
        at = this.#passString(at, state);
        if (isBehindString(state)) {
          this.at = at;
          return true;
        }
        continue;
      }
      if (byte === QUOTE) state.inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) state.depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        state.depth -= 1;
        if (state.depth <= 0) {
          this.at = state.depth < 0 ? at : at + 1;
          return true;
        }
      } else if (state.depth === 0 && byte === COMMA) {
        this.at = at;
        return true;
      }
      at += 1;
    }
    this.at = at;
    return false;
  }

  /** Where the string that `at` is in ends, behind its quote, or the end of the window. */
  #passString(at: number, state: SkipState): number {
    const { bytes, end } = this;
    let from = at;
    if (state.afterBackslash) {
      state.afterBackslash = false;
      from += 1;
    }
    for (let search = from; ;) {
      const found = bytes.indexOf(QUOTE, search);
      const quote = found < 0 || found >= end ? end : found;
      let before = quote - 1;
      while (before >= from && bytes[before] === BACKSLASH) before -= 1;
      const escaped = (quote - before) % 2 === 0;
      if (quote === end) {
        state.afterBackslash = escaped;
        return end;
      }
      if (!escaped) {
        state.inString = false;
        return quote + 1;
      }
      search = quote + 1;
    }
  }

  /** The next byte that is no white space, not consumed. 0 with `at` at the end where the window ends. */
  protected nonSpace(): number {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1;
      byte = bytes[at] ?? 0;
    }
    this.at = at;
    if (byte === 0 && at >= this.end && !this.closed) this.underflow();
    return byte;
  }

  protected outside(): false {
    if (this.at >= this.end) this.underflow();
    return false;
  }

  protected unexpected(): JsonError {
    if (this.at >= this.end) this.underflow();
    const byte = this.bytes[this.at] ?? 0;
    const shown = byte > 0x20 && byte < 0x7f ? `“${String.fromCharCode(byte)}”` : `byte ${byte}`;
    return new JsonError(`${shown} is not expected here`, this.offset);
  }

  /** Scans the string that begins at `at`, and consumes it. */
  protected scanString(): void {
    const { bytes } = this;
    const from = this.at + 1;
    const long = from + LONG_STRING;
    let hash = 0;
    let bits = 0;
    let at = from;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH || at === long || (byte === 0 && at >= this.end)) {
        this.scanLongString(from, at, hash, bits);
        return;
      }
      bits |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
      at += 1;
    }
    this.textFrom = from;
    this.textTo = at;
    this.textHash = hash;
    this.escaped = false;
    this.wide = bits > 0x7f;
    this.at = at + 1;
  }

  /** The rest of `scanString` for strings that are long, have escapes or end outside of the window. */
  private scanLongString(from: number, begin: number, startHash: number, startBits: number): void {
    const { bytes } = this;
    const to = this.stringEnd(begin);
    let hash = startHash;
    let bits = startBits;
    let escaped = false;
    for (let at = begin; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      bits |= byte;
      if (byte === BACKSLASH) escaped = true;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    this.textFrom = from;
    this.textTo = to;
    this.textHash = hash;
    this.escaped = escaped;
    this.wide = bits > 0x7f;
    this.at = to + 1;
  }

  /** Position of the quote that ends the string of which `at` is a byte; escapes begin at or behind it. */
  protected stringEnd(at: number): number {
    for (let search = at; ;) {
      const quote = this.bytes.indexOf(QUOTE, search);
      if (quote < 0 || quote >= this.end) this.underflow();
      let before = quote - 1;
      while (before >= at && this.bytes[before] === BACKSLASH) before -= 1;
      if ((quote - before) % 2 === 1) return quote;
      search = quote + 1;
    }
  }

  private skipString(): void {
    const { bytes } = this;
    let at = this.at + 1;
    const long = at + LONG_STRING;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH || at === long || (byte === 0 && at >= this.end)) {
        at = this.stringEnd(at);
        break;
      }
      at += 1;
    }
    this.at = at + 1;
  }

  /** Scans a number, or a string as if it were one; another value is skipped. */
  protected scanNumber(): boolean {
    const byte = this.nonSpace();
    if (byte === QUOTE) this.scanString();
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.skip();
      return false;
    } else this.scanScalar();
    return true;
  }

  /** Scans a number or a word up to what may follow it, and consumes it. */
  protected scanScalar(): void {
    const { bytes } = this;
    const from = this.at;
    let at = from;
    let hash = 0;
    for (;;) {
      const byte = bytes[at] ?? 0;
      const letter = byte | 0x20;
      const isPart =
        (byte >= 0x30 && byte <= 0x39) ||
        byte === 0x2e ||
        byte === MINUS ||
        byte === 0x2b ||
        (letter >= 0x61 && letter <= 0x7a);
      if (!isPart) break;
      hash = Math.imul(hash ^ byte, 0x01000193);
      at += 1;
    }
    if (at >= this.end && !(this.closed && at > from)) this.underflow();
    if (at === from) throw this.unexpected();
    this.textFrom = from;
    this.textTo = at;
    this.textHash = hash;
    this.escaped = false;
    this.wide = false;
    this.at = at;
  }
}
