/** The words of a text, without case and punctuation. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** Share of words that were left out, put in or mistaken. */
export function wordErrorRate(heard: string, truth: string): number {
  const [a, b] = [wordsOf(heard), wordsOf(truth)];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  a.forEach((word, i) => {
    const next = [i + 1];
    b.forEach((other, j) => {
      const changed = (row[j] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    });
    row = next;
  });
  return (row[b.length] ?? 0) / Math.max(1, b.length);
}
