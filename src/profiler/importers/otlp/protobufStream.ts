import { InputWindow } from './inputWindow.ts';
import type { OtlpSignal } from './otlpRecords.ts';
import type { OtlpSink } from './otlpSink.ts';
import { ProtobufError, WIRE } from './protobufCursor.ts';
import { type LeafKind, ProtobufRecords } from './protobufRecords.ts';

/** Most bytes that one record may have. */
const MAX_RECORD_BYTES = 64 * 2 ** 20;

/** Longest tag and length: two varints. */
const MAX_HEADER_BYTES = 20;

type FrameKind = 'request' | 'resource' | 'scope';

interface Frame {
  readonly kind: FrameKind;
  /** Offset in the input behind its last byte. */
  readonly end: number;
}

/** What a field holds: a level to be entered, or a message to be read in one go. */
type Content =
  | { readonly enter: FrameKind; readonly read?: never }
  | { readonly read: LeafKind; readonly enter?: never };

/** By level and field number; all else is skipped. */
const FIELDS: Readonly<Record<FrameKind, Readonly<Record<number, Content>>>> = {
  request: { 1: { enter: 'resource' } },
  resource: { 1: { read: 'resource' }, 2: { enter: 'scope' } },
  scope: { 1: { read: 'scope' }, 2: { read: 'record' } },
};

/**
 * Reads requests of OTLP as protobuf from pieces of bytes, several one behind the other as well. Only one record has to
 * be in memory at a time: requests and resources may be larger than that.
 *
 * A record that is damaged is rejected and reading goes on behind it. Where the lengths of the levels above contradict
 * one another, the rest of the level is rejected.
 */
export class ProtobufStream {
  readonly #sink: OtlpSink;
  readonly #records: ProtobufRecords;
  readonly #window = new InputWindow();
  readonly #frames: Frame[] = [{ kind: 'request', end: Infinity }];
  /** Bytes of the input that are still to be skipped. */
  #toSkip = 0;
  /** Whether the input is no protobuf from some byte on. */
  #lost = false;
  #cut = false;
  /** Bytes that have to be there before reading makes sense again. */
  #wanted = 1;

  /** @param signal what the records are; null where their shape has to tell. */
  constructor(sink: OtlpSink, signal: OtlpSignal | null) {
    this.#sink = sink;
    this.#records = new ProtobufRecords(sink, signal);
  }

  /** Whether some of the input is no protobuf, or is missing. */
  get damaged(): boolean {
    return this.#lost || this.#cut;
  }

  /** Reads what a piece completes. */
  push(piece: Uint8Array): void {
    this.#window.append(piece);
    if (this.#window.available < this.#wanted && this.#toSkip === 0) return;
    this.#wanted = 1;
    this.#read(false);
  }

  /** Tells that nothing follows. */
  end(): void {
    this.#read(true);
    if (this.#lost) return;
    const rest = this.#window.available > 0 || this.#toSkip > 0;
    if (rest || this.#frames.length > 1) {
      this.#cut = true;
      this.#sink.reject(this.#window.offset, 'the input ends in the middle of a message');
    }
  }

  #read(final: boolean): void {
    const window = this.#window;
    for (;;) {
      if (this.#toSkip > 0) {
        const skipped = Math.min(this.#toSkip, window.available);
        window.at += skipped;
        this.#toSkip -= skipped;
      }
      while (window.offset >= this.#frame.end) this.#frames.pop();
      const { available } = window;
      if (this.#toSkip > 0 || available === 0) return;
      if (available < MAX_HEADER_BYTES && !final && !this.#holdsWhole(available)) {
        this.#wanted = MAX_HEADER_BYTES;
        return;
      }
      if (!this.#field()) return;
    }
  }

  get #frame(): Frame {
    const frame = this.#frames.at(-1);
    return frame ?? { kind: 'request', end: Infinity };
  }

  /** Whether what is there reaches to the end of the level, so that waiting for more would be in vain. */
  #holdsWhole(available: number): boolean {
    return this.#window.offset + available >= this.#frame.end;
  }

  /** Reads a field of the level at hand; false where more bytes are needed. */
  #field(): boolean {
    const window = this.#window;
    const { cursor } = this.#records;
    const { offset } = window;
    const frame = this.#frame;
    cursor.open(window.bytes, window.at, Math.min(window.end, window.at + (frame.end - offset)));
    try {
      cursor.next();
      const { field, wire } = cursor;
      if (wire !== WIRE.bytes) {
        cursor.skip();
        window.at = cursor.at;
        return true;
      }
      const length = cursor.uint();
      if (offset + (cursor.at - window.at) + length > frame.end) {
        throw new ProtobufError(`a field of ${length} bytes goes beyond its message`, cursor.at);
      }
      return this.#content(FIELDS[frame.kind][field], cursor.at, length);
    } catch (error) {
      if (!(error instanceof ProtobufError)) throw error;
      this.#giveUp(error.message, offset);
      return true;
    }
  }

  /** Enters, reads or skips what begins at `from` in the window; false where more bytes are needed. */
  #content(content: Content | undefined, from: number, length: number): boolean {
    const window = this.#window;
    const offset = window.offset + (from - window.at);
    if (content?.enter !== undefined) {
      if (content.enter === 'resource') this.#records.beginResource();
      else if (content.enter === 'scope') this.#records.beginScope();
      window.at = from;
      this.#frames.push({ kind: content.enter, end: offset + length });
      return true;
    }
    if (content === undefined || length > MAX_RECORD_BYTES) {
      if (content !== undefined) this.#sink.reject(offset, `a ${content.read} of ${length} bytes`);
      window.at = from;
      this.#toSkip = length;
      return true;
    }
    if (from + length > window.end) {
      this.#wanted = from + length - window.at;
      return false;
    }
    window.at = from + length;
    this.#leaf(content.read, from, offset, length);
    return true;
  }

  #leaf(kind: LeafKind, from: number, offset: number, length: number): void {
    const { cursor } = this.#records;
    cursor.open(this.#window.bytes, from, from + length);
    try {
      this.#records.read(kind, offset);
    } catch (error) {
      if (!(error instanceof ProtobufError)) throw error;
      const where = offset + error.position - from;
      this.#sink.reject(where, `a damaged ${kind}: ${error.message}`);
    }
  }

  /** The level at hand cannot be read on: its rest is skipped. */
  #giveUp(reason: string, offset: number): void {
    const { end } = this.#frame;
    this.#sink.reject(offset, end === Infinity ? `not protobuf from here on: ${reason}` : reason);
    this.#lost = end === Infinity;
    this.#toSkip = end - offset;
  }
}
