/** A set of UTF-16 code units as ascending ranges, both ends included: `[48, 57]` are the digits. */
export type CodeRanges = readonly (readonly [number, number])[];

export type AssertionKind = 'start' | 'end' | 'word' | 'not-word';

/** A regular expression as a tree. */
export type RegexNode =
  | { readonly type: 'set'; readonly ranges: CodeRanges }
  | { readonly type: 'assertion'; readonly kind: AssertionKind }
  | { readonly type: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly type: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly type: 'group'; readonly name: string | null; readonly inner: RegexNode }
  | {
      readonly type: 'repeat';
      readonly inner: RegexNode;
      readonly least: number;
      /** Infinity for none. */
      readonly most: number;
      readonly lazy: boolean;
    };

const LAST = 0xffff;

/** Ranges in order, without overlaps. */
export function normalised(ranges: CodeRanges): CodeRanges {
  const sorted = ranges.toSorted(([a], [b]) => a - b);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** All code units that are not in the ranges. */
export function inverted(ranges: CodeRanges): CodeRanges {
  const result: [number, number][] = [];
  let from = 0;
  for (const [low, high] of normalised(ranges)) {
    if (low > from) result.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= LAST) result.push([from, LAST]);
  return result;
}

const DIGITS: CodeRanges = [[48, 57]];
const WORD: CodeRanges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: CodeRanges = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** The classes that a letter behind a backslash names. */
export const CLASSES: Readonly<Record<string, CodeRanges>> = {
  d: DIGITS,
  D: inverted(DIGITS),
  w: WORD,
  W: inverted(WORD),
  s: SPACE,
  S: inverted(SPACE),
};

/** Whether a code unit is part of a word in the sense of `\b`. */
export function isWordUnit(code: number): boolean {
  return WORD.some(([from, to]) => code >= from && code <= to);
}
