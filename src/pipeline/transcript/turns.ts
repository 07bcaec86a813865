import type { Chapter, Segment } from '../../protocol/transcript.ts';

/** A segment with its place in the transcript. */
export interface PlacedSegment {
  readonly index: number;
  readonly segment: Segment;
}

/** Consecutive segments of one speaker, as paragraphs. */
export interface Turn {
  readonly kind: 'turn';
  readonly speaker: string;
  readonly start: number;
  readonly paragraphs: readonly (readonly PlacedSegment[])[];
}

/** A chapter's heading between turns. */
export interface ChapterStart {
  readonly kind: 'chapter';
  readonly title: string;
  readonly start: number;
}

const PARAGRAPH_CHARACTERS = 480;
const PARAGRAPH_LIMIT_CHARACTERS = 960;
const PAUSE_SECONDS = 3;

/** The transcript as turns, with chapters where they begin; every segment is in exactly one turn, in order. */
export function turnsAndChapters(
  segments: readonly Segment[],
  chapters: readonly Chapter[],
): (Turn | ChapterStart)[] {
  const waiting = chapters.toSorted((one, other) => one.start - other.start);
  const parts: (Turn | ChapterStart)[] = [];
  let open: PlacedSegment[] = [];
  const closeTurn = () => {
    const first = open[0]?.segment;
    if (first === undefined) return;
    const paragraphs = paragraphsOf(open);
    parts.push({ kind: 'turn', speaker: first.speaker, start: first.start, paragraphs });
    open = [];
  };
  const beginChapters = (until: number) => {
    for (let next = waiting[0]; next !== undefined && next.start <= until; next = waiting[0]) {
      closeTurn();
      parts.push({ kind: 'chapter', title: next.title, start: next.start });
      waiting.shift();
    }
  };
  for (const [index, segment] of segments.entries()) {
    beginChapters(segment.start);
    if (open[0] !== undefined && open[0].segment.speaker !== segment.speaker) closeTurn();
    open.push({ index, segment });
  }
  closeTurn();
  beginChapters(Infinity);
  return parts;
}

function paragraphsOf(turn: readonly PlacedSegment[]): PlacedSegment[][] {
  const paragraphs: PlacedSegment[][] = [];
  let characters = 0;
  let previous: Segment | undefined;
  for (const placed of turn) {
    const { segment } = placed;
    const paused = previous !== undefined && segment.start - previous.end >= PAUSE_SECONDS;
    const full =
      characters >= PARAGRAPH_LIMIT_CHARACTERS ||
      (characters >= PARAGRAPH_CHARACTERS &&
        /[.!?…。！？]["'”’)]*\s*$/u.test(previous?.text ?? ''));
    const paragraph = paragraphs.at(-1);
    if (paragraph === undefined || full || (paused && characters >= PARAGRAPH_CHARACTERS / 2)) {
      paragraphs.push([placed]);
      characters = segment.text.length;
    } else {
      paragraph.push(placed);
      characters += segment.text.length;
    }
    previous = segment;
  }
  return paragraphs;
}
