import type { Token } from './tokens.ts';

/** A part of a line in which words and figures belong together. */
export interface Clause {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Brackets around it. */
  readonly depth: number;
  /** Index of the clause that it stands in or after, or -1. */
  readonly parent: number;
}

const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);
const BREAK = new Set([',', ';', '|', '.', '→', '-', '–', '—', '--', '•', '·']);

/** Divides a line at brackets, commas, bars, dashes that stand alone and `vs`. */
export function findClauses(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  const outer: number[] = [];
  let from = 0;
  let parent = -1;
  const close = (to: number): void => {
    if (to > from) {
      clauses.push({ from, to, depth: outer.length, parent });
      if (outer.length === 0) parent = clauses.length - 1;
    }
    from = to + 1;
  };
  tokens.forEach((token, i) => {
    const { type, text } = token;
    if (type === 'word' && /^(?:vs|versus)$/iu.test(text)) close(i);
    if (type !== 'mark') return;
    if (OPEN.has(text)) {
      close(i);
      outer.push(parent);
      parent = clauses.length - 1;
    } else if (CLOSE.has(text)) {
      close(i);
      parent = outer.pop() ?? parent;
    } else if (BREAK.has(text)) {
      close(i);
    }
  });
  close(tokens.length);
  return clauses;
}
