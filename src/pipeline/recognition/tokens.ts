/** Start and end of a row in the recognition model's vocabulary. */
export const START_TOKEN = 1;
export const END_TOKEN = 2;
/** Ids from here on are special and have no text. */
const FIRST_SPECIAL = 32_000;
const WORD_BOUNDARY = /\u2581/gu;

/**
 * The vocabulary of the recognition model: 32,768 entries, each a length and that many bytes.
 *
 * A length byte of 128 and above stands for `n - 128 + 128 * next byte`.
 */
export class TokenTable {
  readonly #entries: readonly Uint8Array[];

  constructor(bytes: Uint8Array) {
    const entries: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length) {
      let length = bytes[at++] as number;
      if (length >= 128) length = length - 128 + 128 * (bytes[at++] as number);
      entries.push(bytes.subarray(at, at + length));
      at += length;
    }
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Text of token ids; invalid UTF-8 becomes U+FFFD. */
  decode(ids: readonly number[]): string {
    const parts = ids
      .filter((id) => id < FIRST_SPECIAL && id !== START_TOKEN && id !== END_TOKEN)
      .map((id) => this.#entries[id] ?? new Uint8Array());
    return Buffer.concat(parts).toString('utf8').replace(WORD_BOUNDARY, ' ').trim();
  }
}
