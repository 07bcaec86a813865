import { isPathLike } from './paths.ts';

export type TokenType =
  'word' | 'number' | 'clock' | 'quoted' | 'path' | 'compare' | 'mark' | 'opaque';

/** A piece of a line: words, figures, names and the marks between them. */
export interface Token {
  readonly type: TokenType;
  /** Without quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const QUOTED =
  '"[^"]{0,400}"|“[^”]{0,400}”|‘[^’]{0,400}’|`[^`]{1,400}`|(?<![\\p{L}\\d])\'[^\']{1,400}\'(?![\\p{L}\\d])';
const ARROW = '[-=]{1,2}>|[→⇒]';
const COMPARE = '<=|>=|=<|[<>≤≥]';
const DATE =
  '\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?';
/** Thousands may be set apart by a space that does not break. */
const SPACED = '\\d{1,3}(?:[\\u00a0\\u202f]\\d{3})+(?![\\d\\p{L}])';
const URL = '[A-Za-z][A-Za-z\\d+.-]{1,15}://[^\\s"<>]+';
const MARK = '[()\\[\\]{};|=,"]';
const PIECE = '(?:[^\\s()\\[\\]{};|=<>≤≥→⇒,"“”]|(?<=\\d),(?=\\d))+';
const TOKEN = new RegExp(
  `(${QUOTED})|(${ARROW})|(${COMPARE})|(${DATE})|(${MARK})|(${URL}|${SPACED}|${PIECE})`,
  'gu',
);

const CLOCK = /^\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,9})?$/u;
const KEYED = /^([\p{L}_][\p{L}\d_.-]*):(.+)$/u;
const NUMERIC = /^[~≈≃+$€£]?[-–]?\.?\d/u;
const TRAILING = /[:.!?…*]+$/u;
const CLOSING = /[)\]},;'|]+$/u;
const RULE = /^[-–—=_*#~.+•·>]+$/u;

function classify(text: string): TokenType {
  if (CLOCK.test(text)) return 'clock';
  if (isPathLike(text)) return 'path';
  if (NUMERIC.test(text)) return 'number';
  return RULE.test(text) ? 'mark' : 'word';
}

function pushPiece(tokens: Token[], text: string, start: number): void {
  const trailing = TRAILING.exec(text)?.[0] ?? '';
  const whole =
    text.length === trailing.length ? text : text.slice(0, text.length - trailing.length);
  const keyed = /^[a-z]+:\/\//iu.test(whole) || isPathLike(whole) ? null : KEYED.exec(whole);
  const [, key = '', rest = ''] = keyed ?? [];
  if (keyed !== null && !/^(?:cuda|gpu|xpu|hip|tpu|mps|cpu|npu)$/iu.test(key)) {
    tokens.push({ type: 'word', text: key, start, end: start + key.length });
    tokens.push({
      type: 'mark',
      text: ':',
      start: start + key.length,
      end: start + key.length + 1,
    });
    const at = start + key.length + 1;
    tokens.push({ type: classify(rest), text: rest, start: at, end: at + rest.length });
  } else {
    tokens.push({ type: classify(whole), text: whole, start, end: start + whole.length });
  }
  if (trailing !== '' && whole !== text) {
    const at = start + whole.length;
    const mark = trailing.startsWith(':') ? ':' : '.';
    tokens.push({ type: 'mark', text: mark, start: at, end: at + trailing.length });
  }
}

/** Most tokens that are looked at in one line. */
const MAX_TOKENS = 400;

/** Splits a line into tokens; linear in its length. */
export function tokenise(line: string): Token[] {
  const tokens: Token[] = [];
  for (const match of line.matchAll(TOKEN)) {
    const [text, quoted, arrow, compare, date, mark] = match;
    const start = match.index;
    const end = start + text.length;
    if (quoted !== undefined) tokens.push({ type: 'quoted', text: text.slice(1, -1), start, end });
    else if (arrow !== undefined) tokens.push({ type: 'mark', text: '→', start, end });
    else if (compare !== undefined) tokens.push({ type: 'compare', text, start, end });
    else if (date !== undefined) tokens.push({ type: 'opaque', text, start, end });
    else if (mark !== undefined) tokens.push({ type: 'mark', text, start, end });
    else pushPiece(tokens, text.includes('://') ? text.replace(CLOSING, '') : text, start);
    if (tokens.length >= MAX_TOKENS) break;
  }
  return tokens;
}
