/** How far from where it is looked for a sentence may end, as a share of the text. */
const SENTENCE_REACH = 0.15;

/**
 * Splits a text near a share of its length, after the end of a sentence where one is near, else between words. Words have
 * no times of their own, so the place is an estimate.
 *
 * @returns null where one side would be empty
 */
export function splitText(text: string, share: number): [string, string] | null {
  const target = text.length * share;
  const nearest = (pattern: RegExp): number | null => {
    let best: number | null = null;
    for (const match of text.matchAll(pattern)) {
      const at = match.index + match[0].length;
      if (at >= text.length) continue;
      if (best === null || Math.abs(at - target) < Math.abs(best - target)) best = at;
    }
    return best;
  };
  const sentence = nearest(/[.?!…]["'”’)]*\s+/gu);
  const near = sentence !== null && Math.abs(sentence - target) <= text.length * SENTENCE_REACH;
  const at = near ? sentence : nearest(/\s+/gu);
  if (at === null) return null;
  const parts: [string, string] = [text.slice(0, at).trim(), text.slice(at).trim()];
  return parts[0] === '' || parts[1] === '' ? null : parts;
}
