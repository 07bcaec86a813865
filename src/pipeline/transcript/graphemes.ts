const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The characters as a reader counts them, so that no emoji or accent is cut in two. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many characters a reader sees. */
export function graphemeCount(text: string): number {
  // Almost every line is plain ASCII, for which segmenting is a hundred times the work.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : graphemes(text).length;
}
