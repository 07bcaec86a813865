import { moreOfDuration } from './durationFigure.ts';
import { type Figure, figure, scaled } from './figure.ts';
import { keyBefore, wordsBefore } from './figureKey.ts';
import { keyedFigure } from './keyedFigure.ts';
import { adjacentSeconds, readNumeric } from './numericToken.ts';
import { rateAt } from './rateAt.ts';
import type { Token } from './tokens.ts';
import { bytesOf, secondsOf } from './units.ts';
import { NAME_WORDS, PROGRESS_WORDS, STOP_WORDS, TARGET_WORDS } from './vocabulary.ts';

const ORDINAL = /^(?:st|nd|rd|th|am|pm|px|hz|khz|bit|d)$/iu;

/** The figure at a token that begins with a digit, with its unit; null where the number is a name or says nothing. */
export function numberFigure(tokens: readonly Token[], at: number, token: Token): Figure | null {
  const numeric = readNumeric(token.text);
  if (numeric === null) return null;
  let { value, upper, of, rest } = numeric;
  let to = at + 1;
  if (rest === '' && of === null && upper === null) {
    const wider = secondNumber(tokens, at);
    if (wider !== null) {
      if (wider.joint === 'of') [value, of] = [wider.part, wider.value];
      else if (wider.value >= value) upper = wider.value;
      else return null;
      rest = wider.rest;
      to = wider.to;
    }
  }
  const { words: key, name } = keyBefore(tokens, at);
  const make = (kind: Figure['kind'], factor: number, more: Partial<Figure> = {}): Figure =>
    figure(kind, scaled(value, factor), at, more.to ?? to, {
      upper: upper === null ? null : scaled(upper, factor),
      key,
      factor,
      ...more,
    });
  if (of !== null) return ratio(tokens, { at, to, value, of, rest, key });

  const words = wordsAfter(tokens, to, rest);
  const [first = ''] = words;
  if (first === '%' || /^(?:percent|pct)$/iu.test(first)) {
    const progress = tokens[to + (rest === '' ? 1 : 0)]?.text === '|';
    return make('percentage', 0.01, { to: to + (rest === '' ? 1 : 0), progress });
  }
  const rate = rateAt(words, rest !== '');
  if (rate !== null) {
    const end = to + rate.words - (rest === '' ? 0 : 1);
    const { unit, factor } = rate;
    if (!rate.inverse) return make('rate', factor, { unit, to: end });
    if (!(value > 0)) return null;
    return figure('rate', (1 / (upper ?? value)) * factor, at, end, {
      upper: upper === null ? null : (1 / value) * factor,
      unit,
      key,
    });
  }
  const times =
    rest !== '' ||
    tokens[to]?.text === '×' ||
    numeric.fraction ||
    /^(?:real|realtime|real-time|faster|slower)$/iu.test(words[1] ?? '');
  if (/^[x×]$/iu.test(first) && times) {
    return make('rate', 1, { unit: 'x', to: to + (rest === '' ? 1 : 0) });
  }
  const seconds = rest === '' ? secondsOf(first) : adjacentSeconds(rest);
  if (seconds !== undefined) {
    const duration = make('duration', seconds, { to: to + (rest === '' ? 1 : 0) });
    return moreOfDuration(tokens, duration);
  }
  const bytes = bytesOf(first);
  if (bytes !== undefined && !(bytes === 1 && first.length === 1 && numeric.fraction)) {
    return make('size', bytes, { to: to + (rest === '' ? 1 : 0) });
  }
  if (rest !== '') {
    if (!/^\p{L}{2,}$/u.test(rest) || ORDINAL.test(rest)) return null;
    return make('count', 1, { unit: rest.toLowerCase() });
  }
  const given = { at, to, value, upper, fraction: numeric.fraction };
  const counted = countAt(tokens, given);
  if (counted !== null && tokens[at - 1]?.text === ':') return counted;
  return keyedFigure(name === '' ? wordsBefore(tokens, at, to) : name, given) ?? counted;
}

/** `of 1,494`, `/ 1494`, `to 6`, `– 6` behind a number. */
function secondNumber(
  tokens: readonly Token[],
  at: number,
): { joint: 'of' | 'to'; part: number; value: number; rest: string; to: number } | null {
  const joint = tokens[at + 1]?.text.toLowerCase();
  const far = joint === 'out' && tokens[at + 2]?.text.toLowerCase() === 'of' ? 3 : 2;
  const other = tokens[at + far];
  if (joint === undefined || other?.type !== 'number') return null;
  const isOf = ['of', '/', 'von', 'sur', 'de'].includes(joint) || far === 3;
  const between = joint === 'and' && /^between$/iu.test(tokens[at - 1]?.text ?? '');
  if (!isOf && !between && !['to', '-', '–', '—'].includes(joint)) return null;
  const numeric = readNumeric(other.text);
  if (numeric === null || numeric.upper !== null || numeric.of !== null) return null;
  const own = readNumeric(tokens[at]?.text ?? '')?.value ?? 0;
  const [part, value] = isOf
    ? itemsOf(tokens[at]?.text ?? '', own, other.text, numeric.value)
    : [own, numeric.value];
  return { joint: isOf ? 'of' : 'to', part, value, rest: numeric.rest, to: at + far + 1 };
}

const THOUSANDS = /^[1-9]\d{0,2}\.\d{3}$/u;

/** `461 of 1.302`, `1.161 of 1.187`: items are whole, so a point in the whole separates thousands. */
function itemsOf(part: string, a: number, whole: string, b: number): readonly [number, number] {
  const bare = (text: string): number => Number(text.replace('.', ''));
  if (!THOUSANDS.test(whole)) return [a, b];
  if (THOUSANDS.test(part)) return [bare(part), bare(whole)];
  return Number.isInteger(a) && a > b ? [a, bare(whole)] : [a, b];
}

/** The words behind a number that may be its unit: what stands in the same token, then at most three words. */
function wordsAfter(tokens: readonly Token[], to: number, rest: string): string[] {
  const words = rest === '' ? [] : [rest];
  for (let i = to; i < to + 5; i += 1) {
    const token = tokens[i];
    if (token === undefined) break;
    const unitMark = token.text === '%' || token.text === '×';
    if (token.type !== 'word' && token.type !== 'path' && !unitMark) break;
    if (isKey(tokens, i)) break;
    words.push(token.text);
  }
  return words;
}

/** Whether a word is the key of what follows: `n=251`, but not the `s` of `in 255.9 s = 1.02 texts/s`. */
function isKey(tokens: readonly Token[], at: number): boolean {
  const [word, mark] = [tokens[at], tokens[at + 1]];
  if (mark?.text === '=')
    return mark.start === word?.end || secondsOf(word?.text ?? '') === undefined;
  return mark?.type === 'compare' && mark.start === word?.end && TARGET_WORDS.has(word.text);
}

function ratio(
  tokens: readonly Token[],
  given: {
    at: number;
    to: number;
    value: number;
    of: number;
    rest: string;
    key: readonly string[];
  },
): Figure | null {
  const { at, value, of, rest, key } = given;
  const noun = rest === '' ? nounAt(tokens, given.to) : { unit: rest.toLowerCase(), to: given.to };
  const { unit, to } = noun ?? { unit: '', to: given.to };
  const previous = tokens[at - 1]?.text.toLowerCase() ?? '';
  const inBrackets = previous === '[' && [']', ')'].includes(tokens[to]?.text ?? '');
  const progress =
    inBrackets ||
    PROGRESS_WORDS.has(previous) ||
    PROGRESS_WORDS.has(key.at(-1) ?? '') ||
    (previous === '|' && tokens[to]?.text === '[');
  if (!progress && !(of > 0)) return null;
  if (/^(?:bytes|[kmg]i?b)$/iu.test(unit) || /[^\p{L}\s-]/u.test(unit)) return null;
  return figure('ratio', value, at, to, { of, unit, progress, key });
}

/** `282 texts`: a number in front of a word that can be counted. */
function countAt(
  tokens: readonly Token[],
  given: { at: number; to: number; value: number; upper: number | null },
): Figure | null {
  const { at, value, upper } = given;
  const noun = nounAt(tokens, given.to);
  if (noun === null || NAME_WORDS.has(tokens[at - 1]?.text.toLowerCase() ?? '')) return null;
  return figure('count', value, at, noun.to, { unit: noun.unit, upper });
}

/** The word that is counted, with one in front of a plural (`voice embeddings`); null where none stands there. */
function nounAt(tokens: readonly Token[], at: number): { unit: string; to: number } | null {
  const word = tokens[at];
  if (word?.type !== 'word' || !/^\p{L}[\p{L}/-]+$/u.test(word.text)) return null;
  const unit = word.text.toLowerCase();
  if (STOP_WORDS.has(unit) || isKey(tokens, at)) return null;
  const second = tokens[at + 1];
  const plural = second?.type === 'word' && !/s$/u.test(unit) && /^\p{L}{2,}s$/u.test(second.text);
  return plural && !STOP_WORDS.has(second.text.toLowerCase())
    ? { unit: `${unit} ${second.text.toLowerCase()}`, to: at + 2 }
    : { unit, to: at + 1 };
}
