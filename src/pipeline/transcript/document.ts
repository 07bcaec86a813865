import type {
  DocumentSection,
  DocumentSegment,
  TranscriptDocument,
} from '../../protocol/document.ts';
import type { IngestResult } from '../../protocol/ingest.ts';
import { headerLines } from './documentHeader.ts';
import { singleLine } from './singleLine.ts';
import { clockTime } from './clockTime.ts';
import { timeLink } from './timeLink.ts';
import { type PlacedSegment, type Turn, turnsAndChapters } from './turns.ts';

/**
 * The transcript as an editor document: one line a segment, so that a line is a thing to jump to, to mark and to
 * compare, and still one paragraph a turn where the text is rendered as Markdown.
 *
 * @param inlineLinks write the addresses of times into the text; an editor makes its own links of the sections
 */
export function renderDocument(
  result: IngestResult,
  { inlineLinks = false } = {},
): TranscriptDocument {
  const { transcript } = result;
  const timeText = (seconds: number) => timeAt(transcript.source, seconds, inlineLinks);
  const lines = headerLines(result);
  const segments: DocumentSegment[] = [];
  const turns: DocumentSection[] = [];
  const chapters: DocumentSection[] = [];
  for (const part of turnsAndChapters(transcript.segments, transcript.chapters)) {
    if (part.kind === 'chapter') {
      closeChapter(chapters, lines.length);
      lines.push('');
      const title = singleLine(part.title);
      const startLine = lines.length;
      const { start } = part;
      const link = timeLink(transcript.source, start);
      chapters.push({ kind: 'chapter', title, startLine, endLine: startLine, start, link });
      const time = timeText(start);
      lines.push(title === '' ? `## ${time}` : `## ${title} ${time}`);
    } else {
      const section = writeTurn(part, timeText(part.start), lines, segments);
      turns.push({ ...section, link: timeLink(transcript.source, part.start) });
    }
  }
  closeChapter(chapters, lines.length);
  return {
    id: result.id,
    title: transcript.title,
    source: transcript.source,
    text: `${lines.join('\n')}\n`,
    segments,
    sections: [...chapters, ...turns].sort((one, other) => one.startLine - other.startLine),
  };
}

function closeChapter(chapters: DocumentSection[], lineCount: number): void {
  const open = chapters.at(-1);
  if (open !== undefined) open.endLine = lineCount - 1;
}

function writeTurn(
  turn: Turn,
  time: string,
  lines: string[],
  segments: DocumentSegment[],
): Omit<DocumentSection, 'link'> {
  const speaker = singleLine(turn.speaker);
  lines.push('');
  const startLine = lines.length;
  lines.push(`**${speaker}** ${time}`);
  for (const paragraph of turn.paragraphs) {
    lines.push('');
    for (const placed of paragraph) segments.push(writeSegment(placed, lines));
    if (lines.at(-1) === '') lines.pop();
  }
  return {
    kind: 'turn',
    title: speaker,
    startLine,
    endLine: lines.length - 1,
    start: turn.start,
  };
}

function writeSegment({ segment }: PlacedSegment, lines: string[]): DocumentSegment {
  const text = singleLine(segment.text);
  // A segment without words has no line of its own; it stands, empty, at the end of the text before it.
  if (text !== '') lines.push(text);
  const line = text === '' ? lastWritten(lines) : lines.length - 1;
  const endCharacter = (lines[line] ?? '').length;
  return {
    line,
    startCharacter: endCharacter - text.length,
    endCharacter,
    start: segment.start,
    end: segment.end,
    speaker: segment.speaker,
    confidence: segment.confidence,
    embedding: segment.embedding,
    flags: segment.flags ?? [],
  };
}

function lastWritten(lines: readonly string[]): number {
  return lines.findLastIndex((line) => line !== '');
}

function timeAt(source: string, seconds: number, inlineLinks: boolean): string {
  const link = inlineLinks ? timeLink(source, seconds) : null;
  return link === null ? `[${clockTime(seconds)}]` : `[${clockTime(seconds)}](${link})`;
}
