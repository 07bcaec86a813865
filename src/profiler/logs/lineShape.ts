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

const hashes = (words: readonly string[]): ReadonlySet<number> =>
  new Set(words.map((word) => wordHash(Buffer.from(word), 0, word.length)));

const ENDINGS = hashes(FILE_ENDINGS);
/** Letters behind digits that are no part of a name. */
const UNITS = hashes(
  'ns us ms s m h d b k x kb mb gb tb kib mib gib it th st nd rd px hz khz mhz ghz min mins sec secs hr hrs fps rps pm am'.split(
    ' ',
  ),
);

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
  /** The part of a slot that varies: of `272.58s` the digits. */
  readonly slotMaskFrom = new Int32Array(MAX_SLOTS);
  readonly slotMaskTo = new Int32Array(MAX_SLOTS);

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

  #slot(
    kind: number,
    start: number,
    end: number,
    hash: number,
    maskFrom = start,
    maskTo = end,
  ): void {
    if (this.slots === MAX_SLOTS) return;
    this.slotKind[this.slots] = kind;
    this.slotStart[this.slots] = start;
    this.slotEnd[this.slots] = end;
    this.slotHash[this.slots] = hash;
    this.slotMaskFrom[this.slots] = maskFrom;
    this.slotMaskTo[this.slots] = maskTo;
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
    let digits = false;
    let slashes = 0;
    let dot = -1;
    let i = at;
    for (; i < end; i += 1) {
      const c = bytes[i] ?? 0;
      const kind = CLASS[c] ?? 0;
      if (kind === DIGIT) digits = true;
      else if (kind === SLASH) slashes += c === BACKSLASH || i === at ? 2 : 1;
      else if (kind === DOT) dot = i;
      else if (kind === DIRTY) break;
      else if (kind === DELIMITER || kind === QUOTE) {
        const inNumber =
          c === COMMA && i > at && isDigit(bytes, i - 1, end) && isDigit(bytes, i + 1, end);
        if (!inNumber) break;
      }
      one = mix1(one, c);
      two = mix2(two, c);
    }
    if (!digits && slashes === 0 && dot < 0) {
      this.hash1 = one;
      this.hash2 = two;
      return i;
    }
    // Full stops and colons behind a word are no part of it.
    let stop = i;
    while (stop > at + 1 && isPunctuation(bytes[stop - 1] ?? 0)) stop -= 1;
    const tilde = bytes[at] === TILDE && slashes > 0;
    if ((slashes >= 2 && stop - at > 2) || tilde || (dot > at && endsAsFile(bytes, at, stop))) {
      this.#constant(MARK.path);
      this.#slot(SLOT.path, at - from, stop - from, rawHash(bytes, at, stop));
    } else if (digits) {
      this.#numbered(bytes, from, at, stop);
    } else {
      this.hash1 = one;
      this.hash2 = two;
      return i;
    }
    for (let k = stop; k < i; k += 1) this.#constant(bytes[k] ?? 0);
    return i;
  }

  /** A word with digits: what of it varies are the digits, and whole names such as `a3f09c`. */
  #numbered(bytes: Uint8Array, from: number, at: number, stop: number): void {
    const hash = rawHash(bytes, at, stop);
    if (stop - at > 64 || isUuidLike(bytes, at, stop)) {
      this.#constant(MARK.name);
      this.#slot(SLOT.name, at - from, stop - from, hash);
      return;
    }
    let maskFrom = -1;
    let maskTo = -1;
    for (let k = at; k < stop;) {
      if (!isAlphanumeric(bytes[k] ?? 0)) {
        this.#constant(bytes[k] ?? 0);
        k += 1;
        continue;
      }
      let firstDigit = -1;
      let lastDigit = -1;
      let end = k;
      for (; end < stop && isAlphanumeric(bytes[end] ?? 0); end += 1) {
        if (!isDigit(bytes, end, stop)) continue;
        if (firstDigit < 0) firstDigit = end;
        lastDigit = end;
      }
      if (firstDigit >= 0) {
        const run = onlyDigits(bytes, firstDigit, lastDigit);
        const tail = lastDigit + 1 < end;
        const number =
          run && (!tail || (firstDigit === k && UNITS.has(wordHash(bytes, lastDigit + 1, end))));
        const low = number ? firstDigit : k;
        const high = number ? lastDigit + 1 : end;
        for (let c = k; c < low; c += 1) this.#constant(bytes[c] ?? 0);
        this.#constant(number ? MARK.digits : MARK.name);
        for (let c = high; c < end; c += 1) this.#constant(bytes[c] ?? 0);
        if (maskFrom < 0) maskFrom = low;
        maskTo = high;
      } else {
        for (let c = k; c < end; c += 1) this.#constant(bytes[c] ?? 0);
      }
      k = end;
    }
    this.#slot(SLOT.number, at - from, stop - from, hash, maskFrom - from, maskTo - from);
  }
}

function isPunctuation(c: number): boolean {
  return c === 46 || c === 58 || c === 33 || c === 63 || c === COMMA;
}

function isDigit(bytes: Uint8Array, at: number, end: number): boolean {
  return at < end && CLASS[bytes[at] ?? 0] === DIGIT;
}

/** Letters beyond ASCII count as such. */
function isAlphanumeric(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c > 127;
}

function onlyDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i <= to; i += 1) if (CLASS[bytes[i] ?? 0] !== DIGIT) return false;
  return true;
}

function rawHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let i = from; i < to; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
  return hash;
}

/** Like `rawHash`, in lower case. */
function wordHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let i = from; i < to; i += 1) hash = (Math.imul(hash, 31) + ((bytes[i] ?? 0) | 32)) | 0;
  return hash;
}

function endsAsFile(bytes: Uint8Array, at: number, stop: number): boolean {
  let dot = stop - 1;
  while (dot > at && bytes[dot] !== 46) dot -= 1;
  return dot > at && stop - dot <= MAX_ENDING && ENDINGS.has(wordHash(bytes, dot + 1, stop));
}

/** Long names in groups with hyphens between them: UUIDs, time stamps. */
function isUuidLike(bytes: Uint8Array, at: number, stop: number): boolean {
  if (stop - at < 20) return false;
  let hyphens = 0;
  for (let i = at; i < stop; i += 1) if (bytes[i] === 45) hyphens += 1;
  return hyphens >= 2;
}
