/** JSON that is none, told with the byte at which it stops being any. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  /** Byte offset in the (decompressed) input. */
  readonly offset: number;
  /** Whether the input ends before the value does. */
  readonly truncated: boolean;

  constructor(reason: string, offset: number, truncated = false) {
    super(reason);
    this.offset = offset;
    this.truncated = truncated;
  }
}

/** A single value that needs more memory than one value may. */
export class JsonTooLargeError extends JsonError {}
