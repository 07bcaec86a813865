import { type RateUnit, rateUnit, shortRateUnit } from './units.ts';
import { STOP_WORDS } from './vocabulary.ts';

/** A unit of a rate at the beginning of words, and how many of them it takes. */
export function rateAt(
  words: readonly string[],
  adjacent: boolean,
): (RateUnit & { readonly words: number }) | null {
  // `hours of audio per hour`
  const plain = words[1]?.toLowerCase() === 'of' ? words.toSpliced(1, 1) : words;
  const skipped = words.length - plain.length;
  const [first = '', second = '', third = '', fourth = ''] = plain;
  const short = shortRateUnit(first);
  if (short !== undefined) return { ...short, words: 1 };
  const slash = /^(\p{L}*)\/(\p{L}+)$/u.exec(first);
  if (slash !== null) {
    const unit = rateUnit(slash[1] === '' ? [] : [slash[1] ?? ''], slash[2] ?? '');
    return unit === undefined ? null : { ...unit, words: 1 };
  }
  const perWord = (word: string): boolean => /^(?:per|a|an|\/|pro|je|par|por)$/iu.test(word);
  const candidates: [readonly string[], string, number][] = [];
  const later = /^(\p{L}+)\/(\p{L}+)$/u.exec(second);
  if (later !== null) candidates.push([[first, later[1] ?? ''], later[2] ?? '', 2]);
  if (/^(?:per|\/|pro|je|par|por)$/iu.test(first) && !adjacent) candidates.push([[], second, 2]);
  if (perWord(second)) candidates.push([[first], third, 3]);
  if (perWord(third)) candidates.push([[first, second], fourth, 4]);
  for (const [items, per, count] of candidates) {
    if (items.some((item) => !/^\p{L}[\p{L}-]*$/u.test(item) || STOP_WORDS.has(item.toLowerCase())))
      continue;
    const unit = rateUnit(items, per);
    if (unit !== undefined && !unit.inverse) return { ...unit, words: count + skipped };
  }
  return null;
}
