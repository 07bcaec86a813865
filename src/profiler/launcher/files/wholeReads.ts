import { mostRead, type ReadMark } from './readBytes.ts';

/** A program that reads less than this of a file does not load it: it looks something up. */
const LOADED_SHARE = 0.5;
/** Where all stretches together read this share of all they could, each is a load. */
const ALL_SHARE = 0.85;

/**
 * What the processes had read around a stretch in which a file was open. News of an opening or closing comes a moment
 * late, on a busy machine many at once; so each is known to lie between two marks only.
 */
export interface ReadEvidence {
  /** Certainly before the opening. */
  readonly early: ReadMark;
  /** When news of the opening came. */
  readonly late: ReadMark;
  /** When news of the closing came; null while it is open. */
  closed: ReadMark | null;
  /** At the next look: what a process read that has ended is then counted for its parent. Null where there was none. */
  after: ReadMark | null;
}

/** A stretch, as far as its kind depends on what was read. */
export interface ReadStretch {
  readonly wrote: boolean;
  readonly mapped: boolean;
  readonly evidence: ReadEvidence;
}

/** Bytes that were read in a stretch: at least and at most; null where it is not known. */
export function readIn({
  evidence,
}: ReadStretch): { readonly least: number; readonly most: number } | null {
  const { early, late, closed, after } = evidence;
  const most = mostRead(early, after ?? closed);
  if (most === null) return null;
  return { least: mostRead(late, closed)?.bytes ?? 0, most: most.bytes };
}

/** Whether a stretch is a load, by what is known of it alone; null where that does not tell. */
export function isLoadByItself(stretch: ReadStretch, fileBytes: number): boolean | null {
  if (stretch.wrote) return false;
  if (stretch.mapped) return true;
  const read = readIn(stretch);
  return read !== null && read.least >= LOADED_SHARE * fileBytes ? true : null;
}

/**
 * Which stretches of a file were loads of it. Those that do not tell by themselves are loads as far as the bytes that
 * were read in all of them together are enough.
 *
 * @returns the loads; `guessed` where the sum does not tell which they are.
 */
export function wholeReads<T extends ReadStretch>(
  stretches: readonly T[],
  fileBytes: number,
): { readonly loads: ReadonlySet<T>; readonly guessed: boolean } {
  const loads = new Set<T>();
  const doubtful: T[] = [];
  const unknown: T[] = [];
  for (const stretch of stretches) {
    const isLoad = isLoadByItself(stretch, fileBytes);
    if (isLoad === true) loads.add(stretch);
    // The program had ended before anybody could look at what it had read.
    else if (isLoad === null) (stretch.evidence.after === null ? unknown : doubtful).push(stretch);
  }
  const certain = stretches.filter((each) => loads.has(each) && !each.mapped);
  const candidates = certain.length + doubtful.length;
  const files = bytesInAll([...certain, ...doubtful]) / fileBytes;
  const byBytes = files >= ALL_SHARE * candidates ? candidates : Math.floor(files + 0.3);
  const missing = Math.min(Math.max(0, byBytes - certain.length), doubtful.length);
  const least = (stretch: T): number => readIn(stretch)?.least ?? 0;
  doubtful.sort((a, b) => least(b) - least(a));
  for (const stretch of doubtful.slice(0, missing)) loads.add(stretch);
  // The last ones are like the others.
  const isLike = loads.size >= doubtful.length - missing;
  if (isLike) for (const stretch of unknown) loads.add(stretch);
  return { loads, guessed: missing > 0 && missing < doubtful.length };
}

/** Bytes that were read in some of the stretches, each byte counted once. */
function bytesInAll(stretches: readonly ReadStretch[]): number {
  const inOrder = stretches.toSorted((a, b) => a.evidence.early.ns - b.evidence.early.ns);
  let bytes = 0;
  let until: ReadMark | null = null;
  for (const { evidence } of inOrder) {
    const to = evidence.after ?? evidence.closed;
    if (to === null) continue;
    const from: ReadMark = until !== null && until.ns > evidence.early.ns ? until : evidence.early;
    if (to.ns <= from.ns) continue;
    bytes += mostRead(from, to)?.bytes ?? 0;
    until = to;
  }
  return bytes;
}
