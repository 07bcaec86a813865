import { graphemeCount } from './graphemes.ts';
import { cueTexts, subtitleWords, wrapLines } from './subtitleText.ts';

/** What a cue is made from: a segment's text as it shall be shown, on one line. */
export interface CueSource {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
  readonly text: string;
}

/** One subtitle. */
export interface Cue {
  /** Segment and part, both from 1: `12.1`. */
  readonly id: string;
  readonly speaker: string;
  readonly startMilliseconds: number;
  readonly endMilliseconds: number;
  readonly lines: readonly string[];
}

const MAX_CUE_MILLISECONDS = 7000;
/** Segments of one speaker that begin closer than this cannot be shown one after the other. */
const TOGETHER_SECONDS = 0.1;

/**
 * Cues of at most two lines of 42 characters and at most 7 s, within their segments, in order of time; those of one
 * speaker do not overlap. Times within a segment are in proportion to the characters.
 */
export function toCues(sources: readonly CueSource[]): Cue[] {
  return withoutOverlap(sources)
    .flatMap(cuesOf)
    .sort(
      (one, other) =>
        one.startMilliseconds - other.startMilliseconds ||
        one.endMilliseconds - other.endMilliseconds,
    );
}

/** Ends a segment where the next one of its speaker begins; two that begin together become one. */
function withoutOverlap(sources: readonly CueSource[]): CueSource[] {
  const kept: CueSource[] = [];
  const lastOf = new Map<string, number>();
  const spoken = sources.filter(({ text }) => text !== '');
  for (const source of spoken.toSorted((one, other) => one.start - other.start)) {
    const at = lastOf.get(source.speaker);
    const previous = at === undefined ? undefined : kept[at];
    if (
      at !== undefined &&
      previous !== undefined &&
      source.start - previous.start < TOGETHER_SECONDS
    ) {
      const text = `${previous.text} ${source.text}`;
      kept[at] = { ...previous, end: Math.max(previous.end, source.end), text };
      continue;
    }
    if (at !== undefined && previous !== undefined && previous.end > source.start) {
      kept[at] = { ...previous, end: source.start };
    }
    lastOf.set(source.speaker, kept.push(source) - 1);
  }
  return kept;
}

// Rounded inwards, so that a cue never stands outside its segment; the slack is for products such as 12.3 * 1000.
function startOf(source: CueSource): number {
  return Math.max(0, Math.ceil(source.start * 1000 - 1e-6));
}

function cuesOf(source: CueSource): Cue[] {
  const start = startOf(source);
  const end = Math.max(start + 1, Math.floor(source.end * 1000 + 1e-6));
  const parts = timedParts(cueTexts(subtitleWords(source.text)), start, end);
  return parts.map((part, index) => ({
    id: `${source.index + 1}.${index + 1}`,
    speaker: source.speaker,
    startMilliseconds: part.start,
    endMilliseconds: Math.min(part.end, part.start + MAX_CUE_MILLISECONDS),
    lines: wrapLines(part.words),
  }));
}

interface TimedPart {
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

function timedParts(texts: readonly string[][], start: number, end: number): TimedPart[] {
  const pieces = texts.length > end - start ? [texts.flat()] : texts;
  const parts = proportional(pieces, start, end);
  return parts.flatMap((part) => {
    const tooLong = part.end - part.start > MAX_CUE_MILLISECONDS && part.words.length > 1;
    if (!tooLong) return [part];
    const half = Math.ceil(part.words.length / 2);
    return timedParts([part.words.slice(0, half), part.words.slice(half)], part.start, part.end);
  });
}

function proportional(
  pieces: readonly (readonly string[])[],
  start: number,
  end: number,
): TimedPart[] {
  const weights = pieces.map((words) => graphemeCount(words.join(' ')) || 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // A millisecond is kept back for each cue, so that none is empty however little its share is.
  const free = end - start - pieces.length;
  let before = 0;
  return pieces.map((words, index) => {
    const from = start + index + Math.round((free * before) / total);
    before += weights[index] ?? 0;
    return { words, start: from, end: start + index + 1 + Math.round((free * before) / total) };
  });
}
