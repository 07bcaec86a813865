const ZERO = 0x30;

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Digits whose value a double surely holds exactly. */
const SAFE_DIGITS = 15;

/**
 * The number that ASCII bytes spell in the syntax of JSON, correctly rounded; NaN for what is none. Up to 15 digits
 * with a point are computed here, as a quotient or product of two exact doubles (Clinger, How to read floating point
 * numbers accurately, 1990); the rest by the platform.
 */
export function parseDecimal(bytes: Buffer, from: number, to: number): number {
  let at = from;
  const negative = bytes[at] === 0x2d;
  if (negative) at += 1;
  const first = at;
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (bytes[at] === 0x2e && decimals < 0 && digits > 0) {
      decimals = 0;
    } else {
      return parseByPlatform(bytes, from, to);
    }
  }
  if (digits === 0 || digits > SAFE_DIGITS || bytes[first] === 0x2e || decimals === 0) {
    return parseByPlatform(bytes, from, to);
  }
  if (decimals > 0) value /= EXACT_POWERS[decimals] ?? Number.NaN;
  return negative ? -value : value;
}

/** By byte: 1 where it may stand in a number behind its first character. */
const IN_NUMBER = Uint8Array.from({ length: 256 }, (_, byte) =>
  '0123456789.eE+-'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Longer spellings of a number exist in hostile files only. */
const MAX_NUMBER_LENGTH = 1024;

function parseByPlatform(bytes: Buffer, from: number, to: number): number {
  if (to - from > MAX_NUMBER_LENGTH) return Number.NaN;
  const first = bytes[from] ?? 0;
  if (first !== 0x2d && !(first >= ZERO && first <= 0x39)) return Number.NaN;
  for (let at = from + 1; at < to; at += 1) if (IN_NUMBER[bytes[at] ?? 0] !== 1) return Number.NaN;
  // What is left to go wrong, such as two points or an empty exponent, is no number to the platform either.
  return Number(bytes.toString('latin1', from, to));
}

/**
 * The whole number of the ASCII digits in `bytes` from `from` to before `to`, or NaN: also for signs, points and more
 * than 15 digits.
 */
export function parseDigits(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > SAFE_DIGITS) return Number.NaN;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Position of the first point in `bytes` from `from` to before `to`; `to` without one. */
export function pointIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== 0x2e) at += 1;
  return at;
}

/** Value of each ASCII hexadecimal digit, 255 for other bytes. */
const HEX_VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? 255 : value;
});

/**
 * Reads hexadecimal digits, 8 a word, the first word the highest.
 *
 * @returns whether all of them are digits and exactly fill `words`; `words` is undefined otherwise.
 */
export function parseHex(bytes: Uint8Array, from: number, to: number, words: Uint32Array): boolean {
  if (to - from !== words.length * 8) return false;
  let at = from;
  for (let word = 0; word < words.length; word += 1) {
    let value = 0;
    for (const stop = at + 8; at < stop; at += 1) {
      const digit = HEX_VALUES[bytes[at] ?? 0] ?? 255;
      if (digit === 255) return false;
      value = (value << 4) | digit;
    }
    words[word] = value;
  }
  return true;
}
