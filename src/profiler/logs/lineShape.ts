import { FILE_ENDINGS } from './paths.ts';

/** Byte classes of the scan. */
const LETTER = 0;
const DIGIT = 1;
const DELIMITER = 2;
const QUOTE = 3;
const APOSTROPHE = 4;
const SLASH = 5;
const DOT = 6;
const DIRTY = 7;

const CLASS = new Uint8Array(256);
for (let c = 0; c < 32; c += 1) CLASS[c] = DIRTY;
CLASS[127] = DIRTY;
for (const c of ' \t()[]{},;|=<>') CLASS[c.charCodeAt(0)] = DELIMITER;
for (const c of '0123456789') CLASS[c.charCodeAt(0)] = DIGIT;
CLASS['"'.charCodeAt(0)] = QUOTE;
CLASS["'".charCodeAt(0)] = APOSTROPHE;
CLASS['/'.charCodeAt(0)] = SLASH;
CLASS['\\'.charCodeAt(0)] = SLASH;
CLASS['.'.charCodeAt(0)] = DOT;

const COMMA = 44;
const BRACE = 123;
const BACKSLASH = 92;
const TILDE = 126;

/** Most variable parts of a line. */
export const MAX_SLOTS = 96;
/** Bytes of a line that its shape is made of. */
const MAX_SHAPE_BYTES = 2000;
const MAX_QUOTED = 400;
const MAX_ENDING = 12;

const MARK = { digits: 0x30, name: 0x49, path: 0x50, quoted: 0x51, end: 0x45 } as const;

/** What a variable part is. */
export const SLOT = { number: 0, name: 1, path: 2, quoted: 3 } as const;

const mix1 = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193);
const mix2 = (hash: number, value: number): number =>
  (Math.imul(hash, 31) + Math.imul(value, 0x9e3779b1)) | 0;

function hashText(text: string): number {
  let hash = 0;
  for (const c of Buffer.from(text)) hash = (Math.imul(hash, 31) + c) | 0;
  return hash;
}

const ENDINGS = new Set(FILE_ENDINGS.map(hashText));

/**
 * Reads the bytes of a line once and tells which parts of it vary: words with digits in them, paths, quoted text. All
 * else makes up its shape, two hashes of 32 bits: lines that are the same but for their variable parts have the same
 * shape. No string is made.
 */
export class LineShape {
  hash1 = 0;
  hash2 = 0;
  /** Whether the line holds control characters, which are to be taken out first. */
  dirty = false;
  /** Number of variable parts. */
  slots = 0;
  readonly slotStart = new Int32Array(MAX_SLOTS);
  readonly slotEnd = new Int32Array(MAX_SLOTS);
  readonly slotHash = new Int32Array(MAX_SLOTS);
  readonly slotKind = new Uint8Array(MAX_SLOTS);

  /** Scans `bytes` from `from` up to `to`. Positions of the slots count from `from`. */
  scan(bytes: Uint8Array, from: number, to: number): void {
    this.hash1 = 0x811c9dc5;
    this.hash2 = 0;
    this.dirty = false;
    this.slots = 0;
    const end = Math.min(to, from + MAX_SHAPE_BYTES);
    const structured = bytes[from] === BRACE;
    for (let i = from; i < end;) {
      const c = bytes[i] ?? 0;
      const kind = CLASS[c] ?? 0;
      if (kind === DIRTY) {
        this.dirty = true;
        i += 1;
      } else if (kind === DELIMITER) {
        this.#constant(c);
        i += 1;
      } else if ((kind === QUOTE || kind === APOSTROPHE) && !structured) {
        i = this.#quoted(bytes, from, i, end, c);
      } else if (kind === QUOTE || kind === APOSTROPHE) {
        this.#constant(c);
        i += 1;
      } else {
        i = this.#token(bytes, from, i, end);
      }
    }
    if (to > end) {
      this.#constant(MARK.end);
      for (let i = end; i < to && !this.dirty; i += 1)
        this.dirty = CLASS[bytes[i] ?? 0] === DIRTY && bytes[i] !== 9;
    }
  }

  #constant(value: number): void {
    this.hash1 = mix1(this.hash1, value);
    this.hash2 = mix2(this.hash2, value);
  }

  #slot(kind: number, start: number, end: number, hash: number): void {
    if (this.slots === MAX_SLOTS) return;
    this.slotKind[this.slots] = kind;
    this.slotStart[this.slots] = start;
    this.slotEnd[this.slots] = end;
    this.slotHash[this.slots] = hash;
    this.slots += 1;
  }

  #quoted(bytes: Uint8Array, from: number, at: number, end: number, quote: number): number {
    const last = Math.min(end, at + MAX_QUOTED);
    let raw = 0;
    for (let i = at + 1; i < last; i += 1) {
      const c = bytes[i] ?? 0;
      if (c === quote) {
        // An apostrophe inside of a word does not end anything.
        const next = CLASS[bytes[i + 1] ?? 32] ?? 0;
        if (
          quote === 39 &&
          (next === LETTER || next === DIGIT) &&
          i + 1 < end &&
          !isPunctuation(bytes[i + 1] ?? 0)
        )
          continue;
        this.#constant(quote);
        this.#constant(MARK.quoted);
        this.#slot(SLOT.quoted, at + 1 - from, i - from, raw);
        return i + 1;
      }
      if (CLASS[c] === DIRTY && c !== 9) this.dirty = true;
      raw = (Math.imul(raw, 31) + c) | 0;
    }
    this.#constant(quote);
    return at + 1;
  }

  #token(bytes: Uint8Array, from: number, at: number, end: number): number {
    let one = this.hash1;
    let two = this.hash2;
    let raw = 0;
    let ending = 0;
    let endingFrom = -1;
    let digits = false;
    let inDigits = false;
    let turns = 0;
    let slashes = 0;
    let i = at;
    for (; i < end; i += 1) {
      const c = bytes[i] ?? 0;
      const kind = CLASS[c] ?? 0;
      if (kind === DIGIT) {
        if (!inDigits) {
          one = mix1(one, MARK.digits);
          two = mix2(two, MARK.digits);
          inDigits = true;
          digits = true;
          turns += 1;
        }
      } else {
        if (kind === DIRTY) break;
        if (kind === DELIMITER || kind === QUOTE) {
          const inNumber =
            c === COMMA && inDigits && CLASS[bytes[i + 1] ?? 0] === DIGIT && i + 1 < end;
          if (!inNumber) break;
        }
        inDigits = false;
        if (kind === SLASH) slashes += c === BACKSLASH || i === at ? 2 : 1;
        else if (kind === DOT) {
          ending = 0;
          endingFrom = i + 1;
        }
        one = mix1(one, c);
        two = mix2(two, c);
      }
      raw = (Math.imul(raw, 31) + c) | 0;
      if (endingFrom >= 0 && i >= endingFrom) ending = (Math.imul(ending, 31) + (c | 32)) | 0;
    }
    // Full stops and colons behind a word are no part of it.
    let stop = i;
    while (stop > at + 1 && isPunctuation(bytes[stop - 1] ?? 0)) stop -= 1;
    if (stop < i) {
      raw = 0;
      ending = 0;
      let dot = -1;
      for (let k = at; k < stop; k += 1) {
        const c = bytes[k] ?? 0;
        raw = (Math.imul(raw, 31) + c) | 0;
        if (c === 46) {
          dot = k + 1;
          ending = 0;
        } else if (dot >= 0) ending = (Math.imul(ending, 31) + (c | 32)) | 0;
      }
      endingFrom = dot;
    }
    const path =
      (slashes >= 2 && stop - at > 2) ||
      (bytes[at] === TILDE && slashes > 0) ||
      (endingFrom > at + 1 && stop - endingFrom <= MAX_ENDING && ENDINGS.has(ending));
    if (path || (digits && (turns > 3 || i - at > 64))) {
      this.#constant(path ? MARK.path : MARK.name);
      for (let k = stop; k < i; k += 1) this.#constant(bytes[k] ?? 0);
      this.#slot(path ? SLOT.path : SLOT.name, at - from, stop - from, raw);
    } else {
      this.hash1 = one;
      this.hash2 = two;
      if (digits) this.#slot(SLOT.number, at - from, stop - from, raw);
    }
    return i;
  }
}

function isPunctuation(c: number): boolean {
  return c === 46 || c === 58 || c === 33 || c === 63 || c === COMMA;
}
