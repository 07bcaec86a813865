import type { TranscriptDocument } from '../../protocol/document.ts';

/** A link in a transcript: to the web, or to a second of a local file. */
export interface TimeLink {
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  readonly seconds: number;
  /** Null for a local file, which has no address for a second. */
  readonly url: string | null;
}

const TIME = /\[(?:\d+:)?\d{1,2}:\d{2}\]/;
const SOURCE = /^Source: (.+?) *$/;

/** The times at the heads of chapters and turns, each with where it leads. */
export function timeLinks(transcript: TranscriptDocument): TimeLink[] {
  const lines = transcript.text.split('\n');
  return transcript.sections.flatMap(({ startLine, start, link }) => {
    const match = TIME.exec(lines[startLine] ?? '');
    if (!match) return [];
    return {
      line: startLine,
      startCharacter: match.index,
      endCharacter: match.index + match[0].length,
      seconds: start,
      url: link,
    };
  });
}

/** Where the header names a local source; the editor itself links one on the web. */
export function localSourceLink(transcript: TranscriptDocument): TimeLink | undefined {
  if (isUrl(transcript.source)) return undefined;
  const lines = transcript.text.split('\n', 8);
  const line = lines.findIndex((text) => SOURCE.test(text));
  const path = SOURCE.exec(lines[line] ?? '')?.[1];
  if (path === undefined) return undefined;
  const startCharacter = 'Source: '.length;
  return {
    line,
    startCharacter,
    endCharacter: startCharacter + path.length,
    seconds: 0,
    url: null,
  };
}

/** Whether a source is on the web rather than a local path. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}
