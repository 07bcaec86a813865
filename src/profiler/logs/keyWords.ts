import { bytesOf, secondsOf } from './units.ts';

/** A key taken apart: `embedding.durationMs` is the words `embedding duration` and the unit `ms`. */
export interface KeyWords {
  readonly words: readonly string[];
  /** A unit at its end, in lower case, or empty. */
  readonly unit: string;
}

/** Splits a name of snake_case, camelCase or dotted parts into words in lower case. */
export function splitName(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2,})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
}

/** The words of a key and the unit that it ends with. */
export function keyWords(key: string): KeyWords {
  const words = splitName(key);
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (words.length > 1 && (before === 'per' || before === 'a') && secondsOf(last) !== undefined) {
    return { words: words.slice(0, -2), unit: `per ${last}` };
  }
  if (words.length > 1 && isUnit(last)) return { words: words.slice(0, -1), unit: last };
  const told = last.length > 3 || /^(?:ms|us|ns|sec)$/u.test(last);
  return { words, unit: secondsOf(last) !== undefined && told ? last : '' };
}

function isUnit(word: string): boolean {
  if (word === 'd' || word === 'b') return false;
  return (
    secondsOf(word) !== undefined ||
    bytesOf(word) !== undefined ||
    ['pct', 'percent', 'percentage'].includes(word)
  );
}
