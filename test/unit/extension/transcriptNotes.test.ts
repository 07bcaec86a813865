import { describe, expect, it } from 'vitest';
import {
  parseDocumentPath,
  runPath,
  transcriptPath,
} from '../../../src/extension/documents/documentUris.ts';
import {
  segmentAt,
  segmentNote,
  uncertainStretches,
} from '../../../src/extension/documents/segmentNotes.ts';
import { localSourceLink, timeLinks } from '../../../src/extension/documents/timeLinks.ts';
import { renderDocument } from '../../../src/pipeline/transcript/document.ts';
import { result } from '../worker/scriptedEarshot.ts';

const withSource = (source: string) => {
  const made = result('talk');
  return renderDocument({ ...made, transcript: { ...made.transcript, source } });
};
const document = withSource('/media/my talk (1).mp3');

describe('document paths', () => {
  it('come back as what they were made for, whatever the title holds', () => {
    const path = transcriptPath('a/b?', ' ../50 % of “it”: #1\n\u0007' + '字'.repeat(200));
    expect(path.split('/')).toHaveLength(4);
    expect(parseDocumentPath(path)).toEqual({ kind: 'transcript', id: 'a/b?' });
    expect(transcriptPath('x', '///')).toBe('/transcripts/x/Untitled.transcript.md');
    expect(parseDocumentPath(runPath('r 1', 'A talk'))).toEqual({ kind: 'run', id: 'r 1' });
  });

  it('are nothing where no document is', () => {
    for (const path of [
      '/',
      '/.vscode',
      '/transcripts/x',
      '/runs/x.md',
      '/runs/x/y.md',
      '/other/x.md',
      '/pages/50%.md',
      '',
    ]) {
      expect(parseDocumentPath(path)).toBeUndefined();
    }
  });
});

describe('time links', () => {
  it('stand on the times and lead to the web address', () => {
    const web = withSource('https://youtu.be/abcdefghijk');
    const links = timeLinks(web);
    expect(links.map(({ url }) => url)).toEqual([
      'https://www.youtube.com/watch?v=abcdefghijk&t=0s',
      'https://www.youtube.com/watch?v=abcdefghijk&t=3s',
    ]);
    const line = web.text.split('\n')[links[1]!.line]!;
    expect(line.slice(links[1]!.startCharacter)).toBe('[0:03]');
    expect(localSourceLink(web)).toBeUndefined();
  });

  it('of a local file have no address; the file itself is linked', () => {
    expect(timeLinks(document).map(({ url, seconds }) => [url, seconds])).toEqual([
      [null, 0],
      [null, 3],
    ]);
    const link = localSourceLink(document)!;
    const line = document.text.split('\n')[link.line]!;
    expect(line.slice(link.startCharacter, link.endCharacter)).toBe('/media/my talk (1).mp3');
  });
});

describe('notes', () => {
  it('tell confidence, voice and flags of the segment under the mouse', () => {
    const at = document.segments[1]!;
    expect(segmentAt(document, at.line, at.startCharacter + 2)).toBe(at);
    expect(segmentAt(document, 0, 0)).toBeUndefined();
    expect(segmentNote(at)).toContain('Confidence: 30 %');
    expect(segmentNote(at)).toContain('**borrowed**');
    expect(segmentNote(at)).toContain('unsure');
  });

  it('mark uncertain stretches, neighbours as one', () => {
    expect(uncertainStretches(document, 0.5).map(({ message }) => message)).toEqual([
      'Read with care: confidence 30 %. The model was unsure of these words.',
    ]);
    expect(uncertainStretches(document, 0.2)).toEqual([]);
    const all = {
      ...document,
      segments: [0, 1, 2, 5].map((line) => ({ ...document.segments[1]!, line })),
    };
    expect(uncertainStretches(all, 0.5).map(({ first, last }) => [first.line, last.line])).toEqual([
      [0, 2],
      [5, 5],
    ]);
    expect(uncertainStretches({ ...document, segments: [document.segments[0]!] }, 0.5)).toEqual([]);
  });
});
