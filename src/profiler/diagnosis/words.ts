/**
 * The words of a name or a line in lower case: `loadAudioFile`, `load_audio-file` and `Load audio file` give the same.
 * Digits and signs are left out.
 */
export function wordsOf(text: string): string[] {
  return text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/** A name without what varies from one occurrence to the next: numbers, quoted text, hexadecimal ids. */
export function patternOf(name: string): string {
  return name
    .slice(0, 500)
    .replaceAll(/'[^']*'|"[^"]*"/gu, '*')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/giu, '*')
    .replaceAll(/\d+(?:[.,]\d+)*/gu, '*')
    .replaceAll(/\(\s*\*(?:\s*,\s*\*)*\s*\)/gu, '(*)');
}

/** Whether any of the words belongs to a vocabulary. */
export function says(words: readonly string[], vocabulary: RegExp): boolean {
  return words.some((word) => vocabulary.test(word));
}

/**
 * Share of the words of the shorter list that the other one has too; 0 where one of them is empty. Plurals count as
 * their singulars.
 */
export function overlapOf(a: readonly string[], b: readonly string[]): number {
  const left = new Set(a.map(singular));
  const right = new Set(b.map(singular));
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const word of left) if (right.has(word)) common += 1;
  return common / Math.min(left.size, right.size);
}

/** The word without the ending of a plural or of a participle, so that `embedding` and `embedded` are one. */
export function singular(word: string): string {
  if (word.length > 5) return word.replace(/(?:dings?|ded|ings?|ed|es|s)$/u, '');
  return word.length > 3 ? word.replace(/s$/u, '') : word;
}
