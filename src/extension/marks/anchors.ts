import { anchorText } from '../../protocol/anchorText.ts';

/** Where a mark stands in a document now. */
export interface Place {
  /** From 0. */
  readonly line: number;
  /** Whether the line is another than the one that was measured. */
  readonly stale: boolean;
}

/** A change of a document: the lines it took the place of, from 0, and how many lines stand there now. */
export interface LineChange {
  readonly start: number;
  readonly startCharacter: number;
  readonly end: number;
  readonly endCharacter: number;
  /** Line breaks in the new text. */
  readonly added: number;
  /** Whether the new text ends with a line break, so that what followed begins a line. */
  readonly endsLine: boolean;
}

/** The lines of a document. */
export interface Lines {
  readonly count: number;
  readonly at: (line: number) => string;
}

/** A line that moved further than this is taken for another one that looks the same. */
const WINDOW_LINES = 500;
/** Braces and the like are everywhere. */
const FEWEST_LETTERS = 3;

/**
 * Finds the line of a mark in a document that may have been edited since: the same line, else the nearest that is the
 * same but for the blanks around it, else the old one as stale.
 *
 * @param line from 0
 * @param anchor `anchorText` of the line that was measured; empty where that is not known, which any line is like
 */
export function findAnchor(lines: Lines, line: number, anchor: string): Place {
  const nearest = Math.min(Math.max(0, line), Math.max(0, lines.count - 1));
  if (anchor === '') return { line: nearest, stale: nearest !== line };
  const holds = (at: number): boolean =>
    at >= 0 && at < lines.count && anchorText(lines.at(at)) === anchor;
  if (holds(line)) return { line, stale: false };
  if ((anchor.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS) {
    for (let distance = 1; distance <= WINDOW_LINES; distance += 1) {
      if (holds(line - distance)) return { line: line - distance, stale: false };
      if (holds(line + distance)) return { line: line + distance, stale: false };
    }
  }
  return { line: nearest, stale: true };
}

/**
 * Where the mark of a line stands after changes, given in the order and the coordinates in which they were applied one
 * after another. A line that was cut and put in elsewhere is followed there.
 */
export function followChanges(
  lines: Lines,
  place: Place,
  anchor: string,
  changes: readonly LineChange[],
): Place {
  let { line } = place;
  let inserted: { readonly first: number; readonly last: number }[] = [];
  for (const change of changes) {
    const { start, end, added } = change;
    line = shifted(line, change);
    const by = added - (end - start);
    inserted = inserted.map((each) =>
      each.first >= end ? { first: each.first + by, last: each.last + by } : each,
    );
    inserted.push({ first: start, last: start + added });
  }
  line = Math.min(Math.max(0, line), Math.max(0, lines.count - 1));
  if (anchor === '') return { line, stale: place.stale };
  const holds = (at: number): boolean =>
    at >= 0 && at < lines.count && anchorText(lines.at(at)) === anchor;
  if (holds(line)) return { line, stale: false };
  let found: number | null = null;
  for (const { first, last } of inserted) {
    for (let at = first; at <= Math.min(last, lines.count - 1); at += 1) {
      const isNearer = found === null || Math.abs(at - line) < Math.abs(found - line);
      if (isNearer && holds(at)) found = at;
    }
  }
  return found === null ? { line, stale: true } : { line: found, stale: false };
}

function shifted(line: number, change: LineChange): number {
  const { start, startCharacter, end, endCharacter, added, endsLine } = change;
  const moved = line + added - (end - start);
  if (line > end) return moved;
  // What stands behind the change on its last line goes where the new text ends.
  if (line === end && end > start && endCharacter === 0) return moved;
  const isBefore = line === end && start === end && startCharacter === 0 && endCharacter === 0;
  if (isBefore && added > 0 && endsLine) return moved;
  return Math.min(line, start + added);
}
