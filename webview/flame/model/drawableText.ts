/** Longer texts are cut before anything is measured. */
const LONGEST = 512;

// Controls, marks that turn the direction of writing or join, line ends, lone surrogates, and what XML cannot hold.
const UNDRAWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\ufffe\uffff]/gu;
/** Marks that are heaped on one letter reach into the rows above and below. */
const HEAPED_MARKS = /(\p{M}{2})\p{M}+/gu;

/** A text from a trace as it may be drawn on one line: what cannot be seen is shown as a sign, and reorders nothing. */
export function drawableText(text: string): string {
  return text.slice(0, LONGEST).replace(UNDRAWABLE, visibleSign).replace(HEAPED_MARKS, '$1');
}

function visibleSign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
