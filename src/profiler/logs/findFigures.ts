import { type Figure, figure } from './figure.ts';
import { keyBefore } from './figureKey.ts';
import { keyedFigure } from './keyedFigure.ts';
import { adjacentSeconds, readClock, readCompoundDuration, readNumeric } from './numericToken.ts';
import type { Token } from './tokens.ts';
import { bytesOf, rateUnit, secondsOf, shortRateUnit } from './units.ts';
import { NAME_WORDS, PROGRESS_WORDS, STOP_WORDS } from './vocabulary.ts';

const CLOCK_WORDS =
  /^(?:in|took|takes|take|taken|elapsed|duration|time|total|runtime|after|for|within|wall|of|was|lasted|needed|length|spent|eta|remaining|finished|done|completed|expected|target)$/iu;

/** Finds the figures with a number among the tokens of a line, from left to right. */
export function findFigures(tokens: readonly Token[]): Figure[] {
  const found: Figure[] = [];
  for (let at = 0; at < tokens.length;) {
    const next = figureAt(tokens, at, found);
    if (next === null) at += 1;
    else {
      found.push(next);
      at = Math.max(next.to, at + 1);
    }
  }
  return found;
}

function figureAt(tokens: readonly Token[], at: number, before: readonly Figure[]): Figure | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.type === 'clock') return clockAt(tokens, at, token, before);
  const compound = /^[P\d]/u.test(token.text) ? readCompoundDuration(token.text) : null;
  const { words: key } = keyBefore(tokens, at);
  if (compound !== null && (token.type === 'number' || token.type === 'word')) {
    return moreOfDuration(tokens, figure('duration', compound, at, at + 1, { key }));
  }
  return token.type === 'number' ? numberAt(tokens, at, token) : null;
}

function clockAt(
  tokens: readonly Token[],
  at: number,
  token: Token,
  before: readonly Figure[],
): Figure | null {
  const previous = tokens[at - 1];
  const { words: key } = keyBefore(tokens, at);
  const bar = tokens[at + 1]?.text === '<' || previous?.text === '<';
  const named =
    key.some((word) => CLOCK_WORDS.test(word)) ||
    (previous?.type === 'word' && CLOCK_WORDS.test(previous.text)) ||
    (previous?.type === 'compare' && before.length === 0) ||
    (previous?.text === '(' && tokens[at + 1]?.text === ')');
  if (!named && !bar) return null;
  return figure('duration', readClock(token.text), at, at + 1, {
    key,
    progress: bar && previous?.text === '<',
  });
}

function numberAt(tokens: readonly Token[], at: number, token: Token): Figure | null {
  const numeric = readNumeric(token.text);
  if (numeric === null) return null;
  const { value } = numeric;
  let { upper, of, rest } = numeric;
  let to = at + 1;
  if (rest === '' && of === null && upper === null) {
    const wider = secondNumber(tokens, at);
    if (wider !== null) {
      if (wider.joint === 'of') of = wider.value;
      else if (wider.value >= value) upper = wider.value;
      else return null;
      rest = wider.rest;
      to = wider.to;
    }
  }
  const { words: key, name } = keyBefore(tokens, at);
  const make = (kind: Figure['kind'], factor: number, more: Partial<Figure> = {}): Figure =>
    figure(kind, value * factor, at, more.to ?? to, {
      upper: upper === null ? null : upper * factor,
      key,
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
    const [low, high] = rate.inverse
      ? [1 / value, upper === null ? null : 1 / upper]
      : [value, upper];
    if (rate.inverse && !(value > 0)) return null;
    return figure('rate', low * rate.factor, at, end, {
      upper: high === null ? null : high * rate.factor,
      unit: rate.unit,
      key,
    });
  }
  if (/^[x×]$/iu.test(first) && (rest !== '' || tokens[to]?.text === '×' || numeric.fraction)) {
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
    if (!/^\p{L}{2,}$/u.test(rest) || /^(?:st|nd|rd|th|am|pm|px|hz|khz|bit|d)$/iu.test(rest))
      return null;
    return make('count', 1, { unit: rest.toLowerCase() });
  }
  return (
    keyedFigure(name, { at, to, value, upper, fraction: numeric.fraction }) ??
    countAt(tokens, { at, to, value, upper })
  );
}

/** `of 1,494`, `/ 1494`, `to 6`, `– 6` behind a number. */
function secondNumber(
  tokens: readonly Token[],
  at: number,
): { joint: 'of' | 'to'; value: number; rest: string; to: number } | null {
  const joint = tokens[at + 1]?.text.toLowerCase();
  const far = joint === 'out' && tokens[at + 2]?.text.toLowerCase() === 'of' ? 3 : 2;
  const other = tokens[at + far];
  if (joint === undefined || other?.type !== 'number') return null;
  const isOf = joint === 'of' || joint === '/' || far === 3;
  if (!isOf && !['to', '-', '–', '—'].includes(joint)) return null;
  const numeric = readNumeric(other.text);
  if (numeric === null || numeric.upper !== null || numeric.of !== null) return null;
  return { joint: isOf ? 'of' : 'to', value: numeric.value, rest: numeric.rest, to: at + far + 1 };
}

/** The words behind a number that may be its unit: what stands in the same token, then at most three words. */
function wordsAfter(tokens: readonly Token[], to: number, rest: string): string[] {
  const words = rest === '' ? [] : [rest];
  for (let i = to; i < to + 4; i += 1) {
    const token = tokens[i];
    if (token === undefined) break;
    const unitMark = token.text === '%' || token.text === '×';
    if (token.type !== 'word' && token.type !== 'path' && !unitMark) break;
    words.push(token.text);
  }
  return words;
}

/** A unit of a rate at the beginning of words, and how many of them it takes. */
function rateAt(
  words: readonly string[],
  adjacent: boolean,
): (ReturnType<typeof rateUnit> & { words: number }) | null {
  const [first = '', second = '', third = '', fourth = ''] = words;
  const short = shortRateUnit(first);
  if (short !== undefined) return { ...short, words: 1 };
  const slash = /^(\p{L}*)\/(\p{L}+)$/u.exec(first);
  if (slash !== null) {
    const unit = rateUnit(slash[1] === '' ? [] : [slash[1] ?? ''], slash[2] ?? '');
    return unit === undefined ? null : { ...unit, words: 1 };
  }
  const perWord = (word: string): boolean => /^(?:per|a|an|\/)$/iu.test(word);
  const candidates: [readonly string[], string, number][] = [];
  const later = /^(\p{L}+)\/(\p{L}+)$/u.exec(second);
  if (later !== null) candidates.push([[first, later[1] ?? ''], later[2] ?? '', 2]);
  if (/^(?:per|\/)$/iu.test(first) && !adjacent) candidates.push([[], second, 2]);
  if (perWord(second)) candidates.push([[first], third, 3]);
  if (perWord(third)) candidates.push([[first, second], fourth, 4]);
  for (const [items, per, count] of candidates) {
    if (items.some((item) => !/^\p{L}[\p{L}-]*$/u.test(item) || STOP_WORDS.has(item.toLowerCase())))
      continue;
    const unit = rateUnit(items, per);
    if (unit !== undefined && !(unit.inverse && count !== 3)) return { ...unit, words: count };
  }
  return null;
}

/** `1m 30s`, `1 hour 30 minutes`, `2 min and 5 s`: what follows a duration with a smaller unit belongs to it. */
function moreOfDuration(tokens: readonly Token[], start: Figure): Figure {
  let whole = start;
  let last = whole.value ?? 0;
  while (whole.upper === null && last >= 1) {
    const skip = tokens[whole.to]?.text.toLowerCase() === 'and' ? 1 : 0;
    const token = tokens[whole.to + skip];
    const numeric = token?.type === 'number' ? readNumeric(token.text) : null;
    if (numeric === null || numeric.upper !== null || numeric.of !== null) break;
    const word = numeric.rest === '' ? tokens[whole.to + skip + 1]?.text : numeric.rest;
    const seconds = secondsOf(word ?? '', numeric.rest !== '');
    const value = seconds === undefined ? null : numeric.value * seconds;
    if (value === null || seconds === undefined || seconds >= last || value >= Math.max(last, 60))
      break;
    if (seconds * 60 > smallestUnit(tokens, whole)) break;
    last = seconds;
    whole = {
      ...whole,
      value: (whole.value ?? 0) + value,
      to: whole.to + skip + (numeric.rest === '' ? 2 : 1),
    };
  }
  return whole;
}

/** Seconds of the unit that a duration ends with. */
function smallestUnit(tokens: readonly Token[], { to }: Figure): number {
  const unit = /\p{L}+$/u.exec(tokens[to - 1]?.text ?? '')?.[0] ?? '';
  return secondsOf(unit, true) ?? 0;
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
  let { to } = given;
  const next = tokens[to];
  const unit = rest !== '' ? rest : next?.type === 'word' ? next.text : '';
  const counted = /^\p{L}[\p{L}-]+$/u.test(unit) && !STOP_WORDS.has(unit.toLowerCase());
  if (counted && rest === '') to += 1;
  const previous = tokens[at - 1]?.text.toLowerCase() ?? '';
  const inBrackets = previous === '[' && [']', ')'].includes(tokens[to]?.text ?? '');
  const progress =
    inBrackets ||
    PROGRESS_WORDS.has(previous) ||
    PROGRESS_WORDS.has(key.at(-1) ?? '') ||
    (previous === '|' && tokens[to]?.text === '[');
  if (!progress && !(of > 0)) return null;
  if (/^(?:bytes|[kmg]i?b)$/iu.test(unit)) return null;
  return figure('ratio', value, at, to, {
    of,
    unit: counted ? unit.toLowerCase() : '',
    progress,
    key,
  });
}

/** `282 texts`: a number in front of a word that can be counted. */
function countAt(
  tokens: readonly Token[],
  given: { at: number; to: number; value: number; upper: number | null },
): Figure | null {
  const { at, to, value, upper } = given;
  const word = tokens[to];
  const previous = tokens[at - 1]?.text.toLowerCase() ?? '';
  if (word?.type !== 'word' || !/^\p{L}[\p{L}/-]+$/u.test(word.text)) return null;
  const unit = word.text.toLowerCase();
  if (STOP_WORDS.has(unit) || NAME_WORDS.has(previous)) return null;
  const second = tokens[to + 1];
  const plural = second?.type === 'word' && !/s$/u.test(unit) && /^\p{L}{2,}s$/u.test(second.text);
  const joined = plural && !STOP_WORDS.has(second.text.toLowerCase());
  return figure('count', value, at, joined ? to + 2 : to + 1, {
    unit: joined ? `${unit} ${second.text.toLowerCase()}` : unit,
    upper,
  });
}
