/** Control characters (terminal escapes among them) and marks that turn the reading direction. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/**
 * A text from outside (a title, a program's message) as one line that is safe to print: unprintable
 * characters and runs of white space become one space each, and it ends at `maxLength`.
 */
export function plainText(text: string, maxLength = 500): string {
  return text.replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, maxLength);
}
