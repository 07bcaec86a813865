import { UNDERFLOW } from './byteWindow.ts';
import { elementBeginning, MAX_BEGINNING_BYTES } from './elementBeginning.ts';
import { OPEN_ARRAY, OPEN_OBJECT } from './jsonBytes.ts';
import { JsonError, JsonTooLargeError } from './jsonError.ts';
import { JsonReader } from './jsonReader.ts';
import { END_OF_OBJECT, type KeySet, UNKNOWN_KEY } from './keySet.ts';

/** Most bytes that one value read in a single step may have. */
const MAX_VALUE_BYTES = 64 * 2 ** 20;

/** Told of a value that could not be read: its byte offset and why. */
export type OnReject = (offset: number, reason: string) => void;

/**
 * Reads JSON of any size from pieces of bytes, without ever holding its text.
 *
 * The outer levels are walked with `eachDocument`, `eachKey` and `eachItem`, whose callbacks may be asynchronous and
 * whose values may be larger than memory. The inner ones, of which there are millions, are read in one go with
 * `eachElement` and `read`: their callbacks use `reader` only, are not asynchronous, and read exactly one value. Where
 * that value goes on outside of memory, **the callback is broken off by an exception and called again** from the
 * beginning of the value once more of it is there: so it changes nothing outside (adds no span) before it has read all
 * of its value, and does not catch what it did not throw. A callback that consumes nothing has its value skipped.
 *
 * ```ts
 * const TOP = new KeySet(['resourceSpans']);        // keys by position
 * const SPAN = new KeySet(['name', 'startTimeUnixNano']);
 * const json = new JsonStream(source.chunks(), { signal });
 * await json.eachDocument(() => json.eachKey(TOP, async () => {
 *   await json.eachElement(() => {
 *     let name: string | null = null;
 *     if (!reader.enterObject()) return;            // no object: skipped
 *     for (let key = reader.nextKey(SPAN); key !== END_OF_OBJECT; key = reader.nextKey(SPAN)) {
 *       if (key === 0) name = reader.readString();  // of a key that is there twice the later value counts
 *       else if (key === 1) reader.readNanoseconds(); // into reader.seconds and reader.nanos
 *       else reader.skip();
 *     }
 *     if (name !== null) builder.addSpan(…);        // only now
 *   }, reject);
 * }), reject);
 * ```
 *
 * Damage: a value of `eachElement` that is no JSON is rejected, and reading goes on with the next element that begins
 * like it. A document that is no JSON is rejected, and reading goes on with the next line that begins one. A file that
 * ends too early is rejected at its end with all before it read.
 */
export class JsonStream {
  readonly reader = new JsonReader();
  readonly #pieces: AsyncIterator<Uint8Array, unknown>;
  readonly #signal: AbortSignal | undefined;

  /** @param pieces UTF-8; a byte-order mark is skipped. */
  constructor(pieces: AsyncIterable<Uint8Array>, options: { readonly signal?: AbortSignal } = {}) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#signal = options.signal;
  }

  /** Byte offset of the next byte to read. */
  get offset(): number {
    return this.reader.offset;
  }

  /** Reads one value, or looks at it (`reader.peek()`), in one go. Throws JsonError. */
  async read<T>(step: () => T): Promise<T> {
    for (;;) {
      const { offset } = this.reader;
      try {
        return step();
      } catch (error) {
        if (error !== UNDERFLOW) throw error;
        this.reader.rewind(offset);
      }
      await this.#fetch(offset);
    }
  }

  /**
   * Calls for each top-level value: one, or many on lines of their own or with commas between them. The callback
   * consumes the value.
   *
   * @param reject told of documents that could not be read to their end.
   */
  async eachDocument(onDocument: () => Promise<void>, reject: OnReject): Promise<void> {
    try {
      await this.read(() => this.reader.skipMark());
      while (await this.read(() => this.reader.nextDocument())) {
        const { offset } = this.reader;
        try {
          await onDocument();
          if (this.reader.offset === offset) await this.skip();
        } catch (error) {
          if (!(error instanceof JsonError)) throw error;
          reject(error.offset, error.message);
          if (error.truncated || !(await this.#toNextLine())) return;
        }
      }
    } finally {
      await this.#pieces.return?.();
    }
  }

  /**
   * Enters the object at hand and calls for each of its keys that is in the set, with its position there; the callback
   * consumes the value. Other keys are skipped. A value that is no object is skipped, and false returned.
   *
   * @param onOther called instead for keys that are not in the set; `reader.key()` tells which at once.
   */
  async eachKey(
    keys: KeySet,
    onKey: (key: number) => Promise<void> | void,
    onOther?: (key: string) => Promise<void> | void,
  ): Promise<boolean> {
    if (!(await this.read(() => this.reader.enterObject()))) {
      await this.skip();
      return false;
    }
    for (;;) {
      let name = '';
      const key = await this.read(() => {
        const found = this.reader.nextKey(keys);
        if (found === UNKNOWN_KEY && onOther !== undefined) name = this.reader.key();
        return found;
      });
      if (key === END_OF_OBJECT) return true;
      const { offset } = this.reader;
      if (key !== UNKNOWN_KEY) await onKey(key);
      else await onOther?.(name);
      if (this.reader.offset === offset) await this.skip();
    }
  }

  /** Enters the array at hand and calls for each element, which the callback consumes. False where it is no array. */
  async eachItem(onItem: () => Promise<void>): Promise<boolean> {
    if (!(await this.#enterArray())) return false;
    while (await this.read(() => this.reader.nextElement())) {
      const { offset } = this.reader;
      await onItem();
      if (this.reader.offset === offset) await this.skip();
    }
    return true;
  }

  /**
   * Enters the array at hand and reads each element in one go; see the class. False where it is no array.
   *
   * @param reject told of elements that are no JSON or larger than 64 MiB.
   */
  async eachElement(readElement: () => void, reject: OnReject): Promise<boolean> {
    if (!(await this.#enterArray())) return false;
    const { reader } = this;
    let begin = reader.offset;
    for (;;) {
      try {
        for (;;) {
          begin = reader.offset;
          if (!reader.nextElement()) return true;
          const { offset } = reader;
          readElement();
          if (reader.offset === offset) reader.skip();
        }
      } catch (error) {
        if (error === UNDERFLOW) await this.#fetchElement(begin, reject);
        else await this.#recover(error, begin, reject);
      }
    }
  }

  /** Skips the value at hand, however large it is. */
  async skip(): Promise<void> {
    const { reader } = this;
    await this.read(() => reader.peek());
    const state = { depth: 0, inString: false, afterBackslash: false };
    while (!reader.skipPiece(state)) {
      if (reader.isClosed && state.depth === 0 && !state.inString) return;
      await this.#fetch(reader.offset);
    }
  }

  async #enterArray(): Promise<boolean> {
    if (await this.read(() => this.reader.enterArray())) return true;
    await this.skip();
    return false;
  }

  /** Fetches the rest of an element that begins at an offset with its comma; one that is too large is skipped. */
  async #fetchElement(begin: number, reject: OnReject): Promise<void> {
    this.reader.rewind(begin);
    try {
      await this.#fetch(begin);
    } catch (error) {
      if (!(error instanceof JsonTooLargeError)) throw error;
      reject(error.offset, error.message);
      if (this.reader.nextElement()) await this.skip();
    }
  }

  /** Goes on behind an element that is no JSON, where another one begins like it. Throws the error where none does. */
  async #recover(error: unknown, begin: number, reject: OnReject): Promise<void> {
    if (!(error instanceof JsonError) || error.truncated) throw error;
    const beginning = elementBeginning(this.reader.peekBytes(begin, MAX_BEGINNING_BYTES));
    if (beginning === null || !(await this.#seek(beginning, begin + 1))) throw error;
    reject(error.offset, error.message);
  }

  /** Goes on at the next line that begins with an object or array; false without one. */
  async #toNextLine(): Promise<boolean> {
    for (;;) {
      if (!(await this.#seek('\n', this.reader.offset))) return false;
      const { offset } = this.reader;
      const beginning = await this.read(() => {
        const bytes = this.reader.peekBytes(offset, 2);
        if (bytes.length < 2) this.reader.underflow();
        return bytes[1];
      }).catch(() => undefined);
      if (beginning === undefined) return false;
      this.reader.rewind(offset + 1);
      if (beginning === OPEN_OBJECT || beginning === OPEN_ARRAY) return true;
    }
  }

  /** Goes to the next occurrence of a pattern from an offset on; false, and to the end, without one. */
  async #seek(pattern: Buffer | string, from: number): Promise<boolean> {
    const { reader } = this;
    for (let search = from; ;) {
      const found = reader.find(pattern, search);
      if (found >= 0) {
        reader.rewind(found);
        return true;
      }
      search = Math.max(search, reader.bytesFrom(0) - pattern.length + 1);
      reader.rewind(search);
      if (reader.isClosed) return false;
      await this.#fetch(search);
    }
  }

  /** Fetches more, at least half as much as there is, so that a long value is not begun again too often. */
  async #fetch(keepFrom: number): Promise<void> {
    const { reader } = this;
    const wanted = reader.bytesFrom(keepFrom) * 1.5;
    do {
      this.#signal?.throwIfAborted();
      if (reader.isClosed) reader.underflow();
      const next = await this.#pieces.next();
      if (next.done === true) reader.close();
      else reader.append(next.value, keepFrom, MAX_VALUE_BYTES);
    } while (!reader.isClosed && reader.bytesFrom(keepFrom) < wanted);
  }
}
