import type { DocumentSegment, TranscriptDocument } from '../../protocol/document.ts';
import { formatPercent, formatTime } from '../platform/formatTime.ts';

const EMBEDDING_NOTES: Readonly<Record<DocumentSegment['embedding'], string>> = {
  own: 'the voice of this segment itself',
  widened: 'the segment was too short: the voice of the turn around it',
  borrowed: 'too short for a voice: the speaker of its neighbours',
  none: 'no voice could be taken',
};

const FLAG_NOTES: Readonly<Record<string, string>> = {
  loop: 'The model repeated itself; the repetition was cut.',
  'cut-off': 'The text was longer than the model may write, and ends early.',
  'low-confidence': 'The model was unsure of these words.',
};

/** Neighbouring segments of uncertain text, as one stretch. */
export interface UncertainStretch {
  readonly first: DocumentSegment;
  readonly last: DocumentSegment;
  readonly message: string;
}

/** Markdown of the hover over a segment. */
export function segmentNote(segment: DocumentSegment): string {
  const lines = [
    `**${segment.speaker}** · ${formatTime(segment.start)} – ${formatTime(segment.end)}`,
    `Confidence: ${formatPercent(segment.confidence)}`,
    `Voice embedding: **${segment.embedding}** (${EMBEDDING_NOTES[segment.embedding]})`,
    ...segment.flags.map((flag) => `⚠ ${FLAG_NOTES[flag] ?? flag}`),
  ];
  return lines.join('\n\n');
}

/** The segment at a position of the text. */
export function segmentAt(
  transcript: TranscriptDocument,
  line: number,
  character: number,
): DocumentSegment | undefined {
  return transcript.segments.find(
    (segment) =>
      segment.line === line &&
      character >= segment.startCharacter &&
      character <= segment.endCharacter &&
      segment.endCharacter > segment.startCharacter,
  );
}

/** Stretches to read with care, neighbours joined so that one bad passage is one problem. */
export function uncertainStretches(
  transcript: TranscriptDocument,
  threshold: number,
): UncertainStretch[] {
  const groups: DocumentSegment[][] = [];
  let open: DocumentSegment[] | undefined;
  for (const segment of transcript.segments) {
    if (segment.endCharacter === segment.startCharacter) continue;
    if (!isUncertain(segment, threshold)) {
      open = undefined;
    } else if (open && segment.line - (open.at(-1)?.line ?? 0) <= 1) {
      open.push(segment);
    } else {
      open = [segment];
      groups.push(open);
    }
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    return first && last ? { first, last, message: stretchMessage(group) } : [];
  });
}

/** The setting decides what confidence is low; what else the pipeline noticed always counts. */
function isUncertain({ confidence, flags }: DocumentSegment, threshold: number): boolean {
  return confidence < threshold || flags.some((flag) => flag !== 'low-confidence');
}

function stretchMessage(group: readonly DocumentSegment[]): string {
  const lowest = Math.min(...group.map(({ confidence }) => confidence));
  const flags = [...new Set(group.flatMap((segment) => segment.flags))];
  const notes = flags.map((flag) => FLAG_NOTES[flag] ?? flag);
  return [`Read with care: confidence ${formatPercent(lowest)}.`, ...notes].join(' ');
}
