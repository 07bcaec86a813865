import fc from 'fast-check';
import type { Segment, Transcript } from '../../../../src/protocol/transcript.ts';
import { transcriptOf } from './sampleResult.ts';

const hostileWord = fc.constantFrom(
  '-->',
  'WEBVTT',
  'NOTE',
  '\n\n',
  '\r\n',
  '\u2028',
  '\u0085',
  '\u001b[2J',
  '<v Eve>',
  '</v>',
  '&amp;',
  '# heading',
  '[x](javascript:alert(1))',
  '👩‍👩‍👧‍👦👩‍👩‍👧‍👦',
  '🇩🇪🇫🇷',
  'שלום עולם',
  '‏مرحبا',
  'é'.repeat(60),
  '語'.repeat(120),
  'x'.repeat(200),
  '',
);

export const arbitraryText = fc
  .array(fc.oneof(hostileWord, fc.lorem({ maxCount: 12, mode: 'sentences' }), fc.string()), {
    maxLength: 8,
  })
  .map((parts) => parts.join(' '));

const arbitrarySegment: fc.Arbitrary<Segment> = fc
  .record({
    start: fc.double({ min: 0, max: 5000, noNaN: true }),
    seconds: fc.double({ min: 0.2, max: 40, noNaN: true }),
    speaker: fc.oneof(fc.constantFrom('Speaker 1', 'Speaker 2', 'A <b> & "c"'), fc.string()),
    text: arbitraryText,
  })
  .map(({ start, seconds, speaker, text }) => ({
    start,
    end: start + seconds,
    speaker,
    text,
    confidence: 0.5,
    embedding: 'own',
  }));

/** Segments in order of time, speakers overlapping at will, with hostile text in every field. */
export const arbitraryTranscript: fc.Arbitrary<Transcript> = fc
  .record({
    segments: fc.array(arbitrarySegment, { maxLength: 12 }),
    title: arbitraryText,
    chapters: fc.array(
      fc.record({
        title: arbitraryText,
        start: fc.double({ min: 0, max: 5000, noNaN: true }),
        end: fc.constant(5000),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ segments, title, chapters }) =>
    transcriptOf(
      segments.toSorted((one, other) => one.start - other.start),
      { title, chapters },
    ),
  );
