const MOST_LETTERS = 10_000;

/** A text of a run as far as anybody reads it: names, values and lines may be megabytes long, and many. */
export function cutText(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS).toWellFormed()}…`;
}
