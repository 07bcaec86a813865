/** Characters that turn the direction of everything after them, or that have no picture. */
const UNRULY = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * A text of anybody on one line of bounded length: without control characters and marks that turn the direction, cut with
 * an ellipsis. For titles, labels and the canvas, which cannot isolate text.
 */
export function plainText(text: string, most = 120): string {
  // More than is shown need not be looked at.
  const line = text
    .slice(0, most * 4)
    .replace(UNRULY, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  const whole = characters.length <= most && text.length <= most * 4;
  const shown = whole ? line : `${characters.slice(0, most - 1).join('')}…`;
  return shown.toWellFormed();
}

/** A time as lists show it: `23 Nov 2026, 07:53`; the text itself where it is no time. */
export function dateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return plainText(iso, 40);
  return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** The same for an axis: `23 Nov 07:53`. */
export function shortDateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return plainText(iso, 12);
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `${day} ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
