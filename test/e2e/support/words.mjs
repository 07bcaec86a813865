import { readFileSync } from 'node:fs';
import { SAMPLE_TEXT } from './paths.mjs';

/** What is said in the sample. */
export const sampleWords = () => wordsOf(readFileSync(SAMPLE_TEXT, 'utf8'));

/** The spoken words of a transcript document: neither its header nor the heads of turns and chapters. */
export function spokenWords(documentText) {
  const lines = documentText.split('\n');
  const firstTurn = lines.findIndex((line) => line.startsWith('**'));
  return wordsOf(
    lines
      .slice(firstTurn)
      .filter((line) => !/^(\*\*|#)/.test(line))
      .join(' '),
  );
}

/** Word errors per word of what was said. */
export function wordErrorRate(said, heard) {
  let row = heard.map((_, index) => index + 1);
  said.forEach((word, i) => {
    let diagonal = i;
    let left = i + 1;
    row = heard.map((other, j) => {
      const above = row[j];
      left = Math.min(above + 1, left + 1, diagonal + (word === other ? 0 : 1));
      diagonal = above;
      return left;
    });
  });
  return (row.at(-1) ?? said.length) / said.length;
}

function wordsOf(text) {
  return text
    .toLowerCase()
    .replace(/\bmr\.?(?= |$)/g, 'mister')
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ');
}
