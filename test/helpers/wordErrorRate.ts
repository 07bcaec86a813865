/** What it takes to turn the words of a reference into those that were recognised. */
export interface WordErrors {
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** Words of the reference. */
  readonly words: number;
  /** All errors per word of the reference; 0 where both are empty, Infinity where only the reference is. */
  readonly rate: number;
}

/** Words that are written shorter than they are read. */
const READ_AS: Readonly<Record<string, string>> = { mr: 'mister', mrs: 'missus', dr: 'doctor' };

/**
 * Words as they are compared: lower case, typographic apostrophes made straight, hyphens and dashes taken as spaces, all
 * other punctuation left out except an apostrophe within a word, “mr” read as “mister”. Numbers stay as they are written.
 */
export function normalisedWords(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ]/gu, "'")
    .replace(/[^\p{L}\p{N}'\s]+/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^'+|'+$/gu, ''))
    .filter((word) => word !== '');
  return words.map((word) => READ_AS[word] ?? word);
}

/** The fewest errors (Levenshtein over words) between two texts, after `normalisedWords`. */
export function wordErrors(reference: string, recognised: string): WordErrors {
  const truth = normalisedWords(reference);
  const heard = normalisedWords(recognised);
  // Each cell: [errors, substitutions, deletions, insertions] of the cheapest way there.
  type Cell = readonly [number, number, number, number];
  let row: Cell[] = [...heard, ''].map((_, h) => [h, 0, 0, h]);
  truth.forEach((word, t) => {
    const next: Cell[] = [[t + 1, 0, t + 1, 0]];
    heard.forEach((other, h) => {
      const [diagonal, above, left] = [row[h]!, row[h + 1]!, next[h]!];
      const wrong = word === other ? 0 : 1;
      const ways: Cell[] = [
        [diagonal[0] + wrong, diagonal[1] + wrong, diagonal[2], diagonal[3]],
        [above[0] + 1, above[1], above[2] + 1, above[3]],
        [left[0] + 1, left[1], left[2], left[3] + 1],
      ];
      next.push(ways.reduce((a, b) => (b[0] < a[0] ? b : a)));
    });
    row = next;
  });
  const [errors, substitutions, deletions, insertions] = row.at(-1)!;
  const rate = errors === 0 ? 0 : errors / truth.length;
  return { substitutions, deletions, insertions, words: truth.length, rate };
}
