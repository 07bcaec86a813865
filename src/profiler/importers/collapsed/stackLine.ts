/** A line of collapsed stacks, taken apart. */
export interface StackLine {
  /** Frames with semicolons between them, root first. */
  readonly stack: string;
  readonly weight: number;
  /** The first of two counts, in a differential file. */
  readonly before: number | null;
}

const COUNT = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;

/**
 * Takes apart `root;child;leaf 42`: the last space divides. With `differential` the last two words are counts (before
 * and after). Null where the line is no stack with a count.
 */
export function parseStackLine(text: string, differential: boolean): StackLine | null {
  const line = text.trimEnd();
  const last = lastWord(line);
  if (last === null) return null;
  if (!differential) return { stack: last.rest, weight: last.count, before: null };
  const first = lastWord(last.rest);
  if (first === null) return null;
  return { stack: first.rest, weight: last.count, before: first.count };
}

function lastWord(text: string): { rest: string; count: number } | null {
  const space = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  if (space <= 0 || text.length - space > 40) return null;
  const word = text.slice(space + 1);
  if (!COUNT.test(word)) return null;
  const rest = text.slice(0, space).trimEnd();
  const count = Number(word);
  return rest === '' || !Number.isFinite(count) ? null : { rest, count };
}

/** Comments and blank lines, which mean nothing. */
export function isIgnorable(text: string): boolean {
  return text.startsWith('#') || text.trim() === '';
}

/** What async-profiler and FlameGraph's scripts say about a frame by its suffix. */
const FRAME_TYPES = new Map([
  ['j', 'JIT-compiled'],
  ['i', 'inlined'],
  ['k', 'kernel'],
  ['0', 'interpreted'],
  ['1', 'C1-compiled'],
]);

/** The kind of a frame as the suffix `_[j]` and its like say it, or null. */
export function frameTypeOf(frame: string): string | null {
  const { length } = frame;
  if (length < 5 || frame[length - 1] !== ']' || !frame.startsWith('_[', length - 4)) return null;
  return FRAME_TYPES.get(frame[length - 2] ?? '') ?? null;
}
