import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime } from '../../../../src/pipeline/transcript/clockTime.ts';
import { formatTranscript } from '../../../../src/pipeline/transcript/formatTranscript.ts';
import { toJson } from '../../../../src/pipeline/transcript/json.ts';
import { toRttm } from '../../../../src/pipeline/transcript/rttm.ts';
import { toText } from '../../../../src/pipeline/transcript/text.ts';
import { timeLink } from '../../../../src/pipeline/transcript/timeLink.ts';
import { TranscriptFormat } from '../../../../src/protocol/library.ts';
import { Transcript } from '../../../../src/protocol/transcript.ts';
import { arbitraryTranscript } from './arbitraryTranscript.ts';
import { CONVERSATION, resultOf, segment, transcriptOf } from './sampleResult.ts';

describe('toText', () => {
  it('is a paragraph a turn', () => {
    expect(toText(CONVERSATION)).toBe(`Two people talk

== Opening [0:00] ==

[0:00] Speaker 1: Good morning & welcome. Today we talk about <b>ears</b>.

[0:06] Speaker 2: Thank you --> glad to be here.

== The ear [1:00] ==

[1:01] Speaker 1: Let us begin.
`);
  });

  it('says that nothing was said', () => {
    expect(toText(transcriptOf([]))).toBe('Two people talk\n\nNo speech was found.\n');
  });
});

describe('toJson', () => {
  it('gives the transcript back', () => {
    fc.assert(
      fc.property(arbitraryTranscript, (transcript) => {
        expect(Transcript.parse(JSON.parse(toJson(transcript)))).toEqual(transcript);
      }),
      { numRuns: 30 },
    );
  });
});

describe('toRttm', () => {
  it('has ten fields a line', () => {
    const transcript = transcriptOf([segment(0.5, 3.25, 'Dr. Ödön <x>', 'Hi.')]);
    expect(toRttm(transcript, 'my talk/1')).toBe(
      'SPEAKER my_talk_1 1 0.500 2.750 <NA> <NA> Dr._Ödön_x_ <NA> <NA>\n',
    );
  });

  it('has ten fields a line with hostile names', () => {
    fc.assert(
      fc.property(arbitraryTranscript, fc.string(), (transcript, id) => {
        const lines = toRttm(transcript, id).split('\n').slice(0, -1);
        expect(lines).toHaveLength(transcript.segments.length);
        for (const line of lines) {
          expect(line).toMatch(/^SPEAKER \S+ 1 \d+\.\d{3} \d+\.\d{3} <NA> <NA> \S+ <NA> <NA>$/);
        }
      }),
    );
  });
});

describe('formatTranscript', () => {
  it.each(TranscriptFormat.options)('ends %s with a newline', (format) => {
    expect(formatTranscript(resultOf(CONVERSATION), format)).toMatch(/\n$/);
  });
});

describe('clockTime', () => {
  it.each([
    [0, '0:00'],
    [12.9, '0:12'],
    [59.9999999, '1:00'],
    [754, '12:34'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('%d s is %s', (seconds, text) => {
    expect(clockTime(seconds)).toBe(text);
  });
});

describe('timeLink', () => {
  it.each([
    [
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=12s',
    ],
    ['https://youtu.be/dQw4w9WgXcQ?si=x', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=12s'],
    [
      'https://m.youtube.com/shorts/dQw4w9WgXcQ',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=12s',
    ],
    ['https://www.youtube.com/@somebody', 'https://www.youtube.com/@somebody#t=12'],
    ['https://example.org/a (1).mp3#old', 'https://example.org/a%20%281%29.mp3#t=12'],
    ['http://example.org/a.mp3?x=[1]', 'http://example.org/a.mp3?x=[1]#t=12'],
    ['/home/me/a.mp3', null],
    ['C:\\talks\\a.mp3', null],
    ['file:///a.mp3', null],
    ['javascript:alert(1)', null],
  ])('%s', (source, link) => {
    expect(timeLink(source, 12.7)).toBe(link);
  });
});
