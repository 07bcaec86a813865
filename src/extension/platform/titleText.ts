const MAX_CHARACTERS = 80;

/** Text from outside as the title of a tab: on one line, without control characters or marks that turn its direction. */
export function titleText(text: string): string {
  const line = text
    .slice(0, 4 * MAX_CHARACTERS)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  return line.length > MAX_CHARACTERS
    ? `${line.slice(0, MAX_CHARACTERS - 1).toWellFormed()}…`
    : line.toWellFormed();
}
