/**
 * Text on one line without control characters, for formats where a line break has a meaning and for terminals, where a
 * title from the network could otherwise move the cursor.
 */
export function singleLine(text: string): string {
  return text
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t-\r\u0085\ufeff]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
