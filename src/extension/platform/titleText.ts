const MAX_CHARACTERS = 80;

/** Text from outside as a title: on one line, without control characters or marks that turn its direction. */
export function titleText(text: string, most = MAX_CHARACTERS): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line.toWellFormed();
}
