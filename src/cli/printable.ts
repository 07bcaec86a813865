const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** The codes of our palette, see palette.ts: they colour, and do nothing else. */
const COLOUR = /(\u001b\[(?:1|2|22|31|32|33|36|39)m)/u;
const RESET = '\u001b[0m';

/**
 * Text of one or several lines as a terminal may get it: spaces and line ends stay, what moves the cursor or turns the
 * direction of writing goes.
 *
 * @param colours whether codes of the palette stay. What the text leaves switched on is switched off at its end.
 */
export function printable(text: string, colours = false): string {
  if (!colours) return plain(text);
  const parts = text.split(COLOUR);
  const codes = parts.filter((_, i) => i % 2 === 1);
  const open = codes.filter((code) => !/\[(?:22|39)m$/u.test(code)).length * 2 - codes.length;
  const shown = parts.map((part, i) => (i % 2 === 1 ? part : plain(part))).join('');
  return open > 0 ? shown + RESET : shown;
}

function plain(text: string): string {
  return text
    .replace(/[\u2028\u2029\u0085\t]|\r(?!\n)/gu, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(DIRECTIONS, '');
}
