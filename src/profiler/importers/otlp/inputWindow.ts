const INITIAL_BYTES = 1 << 18;

/** The part of an input that is in memory: pieces come in at the end, what was read goes out at the front. */
export class InputWindow {
  bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  /** The next byte to read, and the end of what is there. */
  at = 0;
  end = 0;
  /** Offset in the input of `bytes[0]`. */
  #base = 0;

  /** Byte offset in the input of the next byte. */
  get offset(): number {
    return this.#base + this.at;
  }

  get available(): number {
    return this.end - this.at;
  }

  /** Adds a piece. Grows with what really came, never with what a length promises. */
  append(piece: Uint8Array): void {
    const kept = this.available;
    const needed = kept + piece.length;
    if (needed > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(grown, 0, this.at, this.end);
      this.bytes = grown;
    } else if (this.at > 0) {
      this.bytes.copyWithin(0, this.at, this.end);
    }
    this.bytes.set(piece, kept);
    this.#base += this.at;
    this.at = 0;
    this.end = needed;
  }
}
