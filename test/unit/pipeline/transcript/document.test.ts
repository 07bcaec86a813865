import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDocument } from '../../../../src/pipeline/transcript/document.ts';
import { singleLine } from '../../../../src/pipeline/transcript/singleLine.ts';
import { TranscriptDocument } from '../../../../src/protocol/document.ts';
import { arbitraryTranscript } from './arbitraryTranscript.ts';
import { CONVERSATION, resultOf, segment, transcriptOf } from './sampleResult.ts';

describe('renderDocument', () => {
  it('reads as chapters and turns with time links where they are asked for', () => {
    const { text } = renderDocument(resultOf(CONVERSATION), { inlineLinks: true });
    const link = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=';
    expect(text).toBe(`# Two people talk

Source: https://www.youtube.com/watch?v=dQw4w9WgXcQ  
12:34 · 2 speakers · English · voices of 75.0 % of the segments

## Opening [0:00](${link}0s)

**Speaker 1** [0:00](${link}0s)

Good morning & welcome.
Today we talk about <b>ears</b>.

**Speaker 2** [0:06](${link}6s)

Thank you --> glad to be here.

## The ear [1:00](${link}60s)

**Speaker 1** [1:01](${link}61s)

Let us begin.
`);
  });

  it('gives sections for folding and for links: chapters around their turns', () => {
    const { text, sections } = renderDocument(resultOf(CONVERSATION));
    const link = (seconds: number) =>
      `https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=${String(seconds)}s`;
    expect(text).toContain('\n**Speaker 2** [0:06]\n');
    expect(sections).toEqual([
      { kind: 'chapter', title: 'Opening', startLine: 5, endLine: 14, start: 0, link: link(0) },
      { kind: 'turn', title: 'Speaker 1', startLine: 7, endLine: 10, start: 0.5, link: link(0) },
      { kind: 'turn', title: 'Speaker 2', startLine: 12, endLine: 14, start: 6.1, link: link(6) },
      { kind: 'chapter', title: 'The ear', startLine: 16, endLine: 20, start: 60, link: link(60) },
      { kind: 'turn', title: 'Speaker 1', startLine: 18, endLine: 20, start: 61.2, link: link(61) },
    ]);
  });

  it('shows the warning about the language', () => {
    const languageWarning = 'The speech does not seem to be English.';
    const result = resultOf(transcriptOf([], { languageWarning, source: '/talks/a b.mp3' }));
    const { text } = renderDocument(result);
    expect(text).toContain('\n> ⚠ The speech does not seem to be English.\n');
    expect(text).toContain('\nNo speech was found.\n');
  });

  it('leaves the times of a local file plain', () => {
    const local = transcriptOf([segment(12, 14, 'Speaker 1', 'Hello.')], { source: '/a b.mp3' });
    expect(renderDocument(resultOf(local)).text).toContain('**Speaker 1** [0:12]\n\nHello.\n');
  });

  it('breaks a long turn into paragraphs at the ends of sentences', () => {
    const sentence = 'This is a sentence of about sixty characters, more or less so. ';
    const segments = Array.from({ length: 40 }, (_, index) =>
      segment(index * 4, index * 4 + 3.9, 'Speaker 1', sentence.trim()),
    );
    const { text, sections } = renderDocument(resultOf(transcriptOf(segments)));
    expect(sections).toHaveLength(1);
    const paragraphs = text.split('\n\n').slice(3);
    expect(paragraphs.length).toBeGreaterThan(3);
    expect(Math.max(...paragraphs.map((paragraph) => paragraph.length))).toBeLessThan(1100);
  });

  it('maps each segment to its own text, whatever the text holds', () => {
    fc.assert(
      fc.property(arbitraryTranscript, (transcript) => {
        const document = TranscriptDocument.parse(renderDocument(resultOf(transcript)));
        expect(document.text).not.toMatch(/[\p{Zl}\p{Zp}\r\u0085\u001b]/u);
        const lines = document.text.split('\n');
        expect(document.segments).toHaveLength(transcript.segments.length);
        for (const [index, mapped] of document.segments.entries()) {
          const original = transcript.segments[index];
          const line = lines[mapped.line] ?? '';
          expect(mapped.startCharacter).toBeGreaterThanOrEqual(0);
          expect(line.length).toBeGreaterThanOrEqual(mapped.endCharacter);
          const shown = line.slice(mapped.startCharacter, mapped.endCharacter);
          expect(shown).toBe(singleLine(original?.text ?? ''));
          expect(mapped.start).toBe(original?.start);
        }
        for (const section of document.sections) {
          expect(section.endLine).toBeGreaterThanOrEqual(section.startLine);
          expect(lines[section.endLine]).not.toBe('');
          expect(section.endLine).toBeLessThan(lines.length);
        }
      }),
    );
  });
});
