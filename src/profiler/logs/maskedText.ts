import { type LineShape, SLOT } from './lineShape.ts';

/** Longest text of a template, in bytes of the line. */
const MAX_BYTES = 600;
const VARIABLE = '<*>';
const FIRST_DIGIT = /\d/u;
const LAST_DIGIT = /\d(?=\D*$)/u;

/**
 * The text of a line with `<*>` for its variable parts. Of a word with digits the letters around them stay: `272.58s` is
 * `<*>s`, `cuda:0` is `cuda:<*>`.
 *
 * @returns the text and how many of the variable parts it shows.
 */
export function maskedText(
  bytes: Buffer,
  from: number,
  to: number,
  shape: LineShape,
): { text: string; slots: number } {
  const end = Math.min(to, from + MAX_BYTES);
  let text = '';
  let at = from;
  let slots = 0;
  for (; slots < shape.slots; slots += 1) {
    const start = from + (shape.slotStart[slots] ?? 0);
    const stop = from + (shape.slotEnd[slots] ?? 0);
    if (stop > end) break;
    text += bytes.toString('utf8', at, start);
    const value = bytes.toString('utf8', start, stop);
    text += shape.slotKind[slots] === SLOT.number ? maskedNumber(value) : VARIABLE;
    at = stop;
  }
  if (slots === shape.slots || from + (shape.slotStart[slots] ?? 0) > end) {
    text += bytes.toString('utf8', at, end);
  }
  return { text: (to > end ? `${text}…` : text).trim().replace(/\s+/gu, ' '), slots };
}

function maskedNumber(value: string): string {
  const first = value.search(FIRST_DIGIT);
  const last = value.search(LAST_DIGIT);
  if (first < 0) return VARIABLE;
  const before = value.slice(0, first).replace(/[~+≈-]$/u, '');
  return `${before}${VARIABLE}${value.slice(last + 1)}`;
}
