import { bareFigures } from './bareFigure.ts';
import { moreOfDuration } from './durationFigure.ts';
import { type Figure, figure } from './figure.ts';
import { keyBefore } from './figureKey.ts';
import { numberFigure } from './numberFigure.ts';
import { readClock, readCompoundDuration } from './numericToken.ts';
import type { Token } from './tokens.ts';

const CLOCK_WORDS =
  /^(?:in|took|takes|take|taken|elapsed|duration|time|total|runtime|after|for|within|wall|of|was|lasted|needed|length|spent|nach|gesamt|länge|\p{L}*(?:dauer|laufzeit|gesamtzeit)|eta|remaining|finished|done|completed|expected|target)$/iu;

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
  const bare = bareFigures(tokens, found);
  return bare.length === 0 ? found : [...found, ...bare].sort((a, b) => a.from - b.from);
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
  return token.type === 'number' ? numberFigure(tokens, at, token) : null;
}

function clockAt(
  tokens: readonly Token[],
  at: number,
  token: Token,
  before: readonly Figure[],
): Figure | null {
  const previous = tokens[at - 1];
  const { words: key } = keyBefore(tokens, at);
  // `[00:12<00:24` of a progress bar: what it took so far, and what is left.
  if (previous?.text === '<' && tokens[at - 2]?.type === 'clock') return null;
  const bar = tokens[at + 1]?.text === '<';
  const named =
    key.some((word) => CLOCK_WORDS.test(word)) ||
    (previous?.type === 'word' && CLOCK_WORDS.test(previous.text)) ||
    (tokens[at + 1]?.type === 'word' &&
      /^(?:elapsed|total|long)$/iu.test(tokens[at + 1]?.text ?? '')) ||
    (previous?.type === 'compare' && before.length === 0) ||
    (previous?.text === '(' && tokens[at + 1]?.text === ')');
  if (!named && !bar) return null;
  return figure('duration', readClock(token.text), at, at + 1, { key, factor: 60 });
}
