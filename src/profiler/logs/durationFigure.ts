import type { Figure } from './figure.ts';
import { readNumeric } from './numericToken.ts';
import type { Token } from './tokens.ts';
import { secondsOf } from './units.ts';

/** `1m 30s`, `1 hour 30 minutes`, `2 min and 5 s`: what follows a duration with a smaller unit belongs to it. */
export function moreOfDuration(tokens: readonly Token[], start: Figure): Figure {
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
