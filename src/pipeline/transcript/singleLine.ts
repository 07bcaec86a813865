/** Marks that turn the direction of writing: what follows would look like something else. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text on one line without control characters, for formats where a line break has a meaning and for terminals, where a
 * title from the network could otherwise move the cursor.
 */
export function singleLine(text: string): string {
  return text
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t-\r\u0085\ufeff]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(DIRECTIONS, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
