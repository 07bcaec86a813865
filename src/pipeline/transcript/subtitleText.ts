import { graphemeCount, graphemes } from './graphemes.ts';

export const MAX_LINE_CHARACTERS = 42;
export const MAX_LINES = 2;

/** Breaks a text into lines of at most 42 characters at spaces; longer words are cut. */
export function wrapLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && graphemeCount(joined) <= MAX_LINE_CHARACTERS) {
      lines[lines.length - 1] = joined;
    } else lines.push(word);
  }
  return lines;
}

/** The words of a text, each short enough for a line. */
export function subtitleWords(text: string): string[] {
  return text.split(' ').flatMap((word) => {
    if (graphemeCount(word) <= MAX_LINE_CHARACTERS) return word === '' ? [] : [word];
    const parts = graphemes(word);
    const pieces: string[] = [];
    for (let start = 0; start < parts.length; start += MAX_LINE_CHARACTERS) {
      pieces.push(parts.slice(start, start + MAX_LINE_CHARACTERS).join(''));
    }
    return pieces;
  });
}

/** Groups words into cues of at most two lines, ending a cue at a sentence or clause where one is near. */
export function cueTexts(words: readonly string[]): string[][] {
  const cues: string[][] = [];
  let rest = words;
  while (rest.length > 0) {
    const fitting = fittingWords(rest);
    const count = fitting === rest.length ? fitting : breakPoint(rest, fitting);
    cues.push(rest.slice(0, count));
    rest = rest.slice(count);
  }
  return cues;
}

function fittingWords(words: readonly string[]): number {
  let count = 1;
  while (count < words.length && wrapLines(words.slice(0, count + 1)).length <= MAX_LINES)
    count += 1;
  return count;
}

function breakPoint(words: readonly string[], fitting: number): number {
  const earliest = Math.max(1, Math.ceil(fitting / 3));
  for (const mark of [/[.!?…。！？]["'”’)]*$/u, /[,;:—–、，]["'”’)]*$/u]) {
    for (let count = fitting; count >= earliest; count -= 1) {
      if (mark.test(words[count - 1] ?? '')) return count;
    }
  }
  return fitting;
}
