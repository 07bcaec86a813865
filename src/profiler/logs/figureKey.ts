import { keyWords } from './keyWords.ts';
import type { Token } from './tokens.ts';
import { secondsOf } from './units.ts';
import { STOP_WORDS, TARGET_WORDS } from './vocabulary.ts';

/** The name in front of a figure: `rate=`, `Real-time factor:`, `"duration_ms":`. */
export interface FigureKey {
  /** As it stood, the words joined with spaces; empty where there is none. */
  readonly name: string;
  /** In lower case, without the unit at its end. */
  readonly words: readonly string[];
}

const NONE: FigureKey = { name: '', words: [] };

/**
 * The key of the figure at a token, before which `=` or `:` stands. A key with `=` is one token; one with a colon is all
 * words back to the last mark, at most five.
 */
export function keyBefore(tokens: readonly Token[], at: number): FigureKey {
  let i = at - 1;
  while (i > 0 && (tokens[i]?.type === 'compare' || isRunOfMarks(tokens[i]))) i -= 1;
  const mark = tokens[i]?.text;
  let end = i - 1;
  // `Duration (s): 12`, `time [ms]=3`
  let unit = '';
  if ([')', ']'].includes(tokens[end]?.text ?? '') && tokens[end - 1]?.type === 'word') {
    const inside = tokens[end - 1]?.text ?? '';
    if (secondsOf(inside) !== undefined && ['(', '['].includes(tokens[end - 2]?.text ?? '')) {
      unit = ` ${inside}`;
      end -= 3;
    }
  }
  const last = tokens[end];
  if ((mark !== '=' && mark !== ':') || (last?.type !== 'word' && last?.type !== 'quoted')) {
    return NONE;
  }
  let name = last.text;
  if (mark === ':' && last.type === 'word') {
    for (let back = end - 1; back >= end - 4 && tokens[back]?.type === 'word'; back -= 1) {
      name = `${tokens[back]?.text ?? ''} ${name}`;
    }
  }
  if (name.length > 120) return NONE;
  name += unit;
  return { name, words: keyWords(name).words };
}

/** Dots and dashes that fill up a table: `Total time ....: 12 s`. */
function isRunOfMarks(token: Token | undefined): boolean {
  return token?.type === 'mark' && /^[.~≈-]+$/u.test(token.text);
}

/**
 * The words right in front of a number that nothing follows, as its name: `queue depth 15`, `RTF 0.15`; at most three,
 * empty where there are none or the number goes on.
 */
export function wordsBefore(tokens: readonly Token[], at: number, to: number): string {
  const next = tokens[to];
  if (next !== undefined && !/^[,;|()\].]$/u.test(next.text) && next.type !== 'compare') return '';
  const words: string[] = [];
  for (let i = at - 1; i >= 0 && words.length < 3; i -= 1) {
    const token = tokens[i];
    if (token?.type === 'compare' || TARGET_WORDS.has(token?.text.toLowerCase() ?? '')) {
      if (words.length === 0) continue;
      break;
    }
    if (token?.type !== 'word' || STOP_WORDS.has(token.text.toLowerCase())) break;
    words.unshift(token.text);
  }
  return words.join(' ');
}
