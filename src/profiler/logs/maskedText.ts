import type { LineShape } from './lineShape.ts';

/** Longest text of a template, in bytes of the line. */
const MAX_BYTES = 600;
const VARIABLE = '<*>';

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
    if (from + (shape.slotEnd[slots] ?? 0) > end) break;
    text += bytes.toString('utf8', at, from + (shape.slotMaskFrom[slots] ?? 0)) + VARIABLE;
    at = from + (shape.slotMaskTo[slots] ?? 0);
  }
  if (slots === shape.slots || from + (shape.slotStart[slots] ?? 0) > end) {
    text += bytes.toString('utf8', at, end);
  }
  return { text: (to > end ? `${text}…` : text).trim().replace(/\s+/gu, ' '), slots };
}
