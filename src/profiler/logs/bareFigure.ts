import { type Figure, figure, scaled } from './figure.ts';
import { readNumeric } from './numericToken.ts';
import type { Token } from './tokens.ts';
import { ACTUAL_WORDS, TARGET_WORDS } from './vocabulary.ts';

/**
 * Numbers without a unit that are compared with a figure of the line, and so are of its kind: the `23-30` of
 * `1.0 texts/s (expected 23-30)`, the `0.02` of `RTF 0.15x > 0.02`.
 */
export function bareFigures(tokens: readonly Token[], found: readonly Figure[]): Figure[] {
  const bare: Figure[] = [];
  tokens.forEach((token, at) => {
    if (token.type !== 'number' || found.some(({ from, to }) => from <= at && at < to)) return;
    if (!isCompared(tokens, at)) return;
    const numeric = readNumeric(token.text);
    if (numeric === null || numeric.rest !== '' || numeric.of !== null) return;
    const near = nearest(found, at);
    if (near === null) return;
    const percent = near.kind === 'percentage' && numeric.value <= 1 ? 1 : near.factor;
    bare.push(
      figure(near.kind, scaled(numeric.value, percent), at, at + 1, {
        upper: numeric.upper === null ? null : scaled(numeric.upper, percent),
        unit: near.unit,
        factor: percent,
      }),
    );
  });
  return bare;
}

function isCompared(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next?.type === 'word' && !ACTUAL_WORDS.has(next.text.toLowerCase())) return false;
  if (next?.type === 'number' || next?.type === 'clock') return false;
  const before = tokens[at - 1];
  if (before?.type === 'compare') return true;
  const word = before?.text === ':' || before?.text === '~' ? tokens[at - 2] : before;
  const lower = word?.text.toLowerCase() ?? '';
  return word?.type === 'word' && (TARGET_WORDS.has(lower) || ACTUAL_WORDS.has(lower));
}

/** The last figure in front of a place, else the first one behind it. */
function nearest(found: readonly Figure[], at: number): Figure | null {
  const fit = found.filter(
    ({ kind, progress }) => !progress && ['rate', 'percentage', 'duration', 'size'].includes(kind),
  );
  return fit.findLast(({ to }) => to <= at) ?? fit.find(({ from }) => from > at) ?? null;
}
