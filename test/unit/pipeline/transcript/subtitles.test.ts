import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCues } from '../../../../src/pipeline/transcript/cues.ts';
import { graphemes } from '../../../../src/pipeline/transcript/graphemes.ts';
import { singleLine } from '../../../../src/pipeline/transcript/singleLine.ts';
import { toSrt } from '../../../../src/pipeline/transcript/srt.ts';
import { toVtt } from '../../../../src/pipeline/transcript/vtt.ts';
import { arbitraryTranscript } from './arbitraryTranscript.ts';
import { CONVERSATION, segment, transcriptOf } from './sampleResult.ts';
import { parseSrt, parseVtt } from './subtitleGrammar.ts';

describe('toSrt', () => {
  it('names the speaker where the speaker changes', () => {
    expect(toSrt(CONVERSATION)).toBe(`1
00:00:00,500 --> 00:00:03,250
Speaker 1: Good morning & welcome.

2
00:00:03,500 --> 00:00:06,000
Today we talk about <b>ears</b>.

3
00:00:06,100 --> 00:00:09,000
Speaker 2: Thank you -> glad to be here.

4
00:01:01,200 --> 00:01:04,000
Speaker 1: Let us begin.
`);
  });

  it('keeps to the grammar with hostile text', () => {
    fc.assert(
      fc.property(arbitraryTranscript, (transcript) => {
        parseSrt(toSrt(transcript));
      }),
    );
  });
});

describe('toVtt', () => {
  it('carries voices, and title and chapters as notes', () => {
    expect(toVtt(CONVERSATION)).toBe(`WEBVTT

NOTE
Two people talk
https://www.youtube.com/watch?v=dQw4w9WgXcQ

NOTE
Chapter 00:00:00.000 Opening

1.1
00:00:00.500 --> 00:00:03.250
<v Speaker 1>Good morning &amp; welcome.</v>

2.1
00:00:03.500 --> 00:00:06.000
<v Speaker 1>Today we talk about &lt;b&gt;ears&lt;/b&gt;.</v>

3.1
00:00:06.100 --> 00:00:09.000
<v Speaker 2>Thank you --&gt; glad to be here.</v>

NOTE
Chapter 00:01:00.000 The ear

4.1
00:01:01.200 --> 00:01:04.000
<v Speaker 1>Let us begin.</v>
`);
  });

  it('keeps to the grammar with hostile text, and gives text and voice back', () => {
    fc.assert(
      fc.property(arbitraryTranscript, (transcript) => {
        const cues = parseVtt(toVtt(transcript));
        const speakers = new Set(transcript.segments.map(({ speaker }) => singleLine(speaker)));
        for (const cue of cues) expect(speakers).toContain(cue.voice);
        const letters = (text: string) => graphemes(text.replaceAll(/\s/g, '')).sort().join('');
        const spoken = transcript.segments.map(({ text }) => singleLine(text)).join('');
        expect(letters(cues.map(({ text }) => text).join(''))).toBe(letters(spoken));
      }),
    );
  });
});

describe('toCues', () => {
  it('splits a long segment at sentences, with times in proportion', () => {
    const text =
      'The quick brown fox jumps over the lazy dog by the river. ' +
      'Then it rests for a while in the shade of a tree. And sleeps.';
    const cues = toCues([{ ...segment(10, 20, 'A', text), index: 0 }]);
    expect(cues.map(({ lines }) => lines)).toEqual([
      ['The quick brown fox jumps over the lazy', 'dog by the river.'],
      ['Then it rests for a while in the shade of', 'a tree. And sleeps.'],
    ]);
    expect(cues[0]?.startMilliseconds).toBe(10000);
    expect(cues[0]?.endMilliseconds).toBe(cues[1]?.startMilliseconds);
    expect(cues[1]?.endMilliseconds).toBe(20000);
  });

  it('does not leave one word on the screen for a whole long segment', () => {
    const [cue, ...others] = toCues([{ ...segment(1, 30, 'A', 'Yes.'), index: 0 }]);
    expect(others).toEqual([]);
    expect(cue).toMatchObject({ startMilliseconds: 1000, endMilliseconds: 8000 });
  });

  it('keeps every limit for any transcript', () => {
    fc.assert(
      fc.property(arbitraryTranscript, ({ segments }) => {
        const sources = segments.map((each, index) => ({
          ...each,
          index,
          text: singleLine(each.text),
        }));
        const cues = toCues(sources);
        const endOf = new Map<string, number>();
        let previousStart = 0;
        for (const cue of cues) {
          expect(cue.endMilliseconds).toBeGreaterThan(cue.startMilliseconds);
          expect(cue.endMilliseconds - cue.startMilliseconds).toBeLessThanOrEqual(7000);
          expect(cue.lines.length).toBeLessThanOrEqual(2);
          for (const line of cue.lines) expect(graphemes(line).length).toBeLessThanOrEqual(42);
          expect(cue.startMilliseconds).toBeGreaterThanOrEqual(previousStart);
          previousStart = cue.startMilliseconds;
          expect(cue.startMilliseconds).toBeGreaterThanOrEqual(endOf.get(cue.speaker) ?? 0);
          endOf.set(cue.speaker, cue.endMilliseconds);
          const own = segments[Number(cue.id.split('.')[0]) - 1];
          const start = (own?.start ?? NaN) * 1000;
          // Segments of one speaker that begin within 100 ms share their cues.
          const together = segments.filter(
            (each) => each.speaker === own?.speaker && Math.abs(each.start * 1000 - start) <= 100,
          );
          const end = Math.max(...together.map((each) => each.end)) * 1000;
          expect(cue.startMilliseconds).toBeGreaterThanOrEqual(start - 0.001);
          expect(cue.endMilliseconds).toBeLessThanOrEqual(end + 0.001);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('makes one cue of segments of a speaker that begin together', () => {
    const cues = toCues([
      { ...segment(1, 2, 'A', 'one'), index: 0 },
      { ...segment(1, 3, 'A', 'two'), index: 1 },
    ]);
    expect(cues).toEqual([
      {
        id: '1.1',
        speaker: 'A',
        startMilliseconds: 1000,
        endMilliseconds: 3000,
        lines: ['one two'],
      },
    ]);
  });

  it('gives a segment of no length a millisecond, and all its text', () => {
    const words = Array.from({ length: 40 }, () => 'word').join(' ');
    const cues = toCues([{ ...segment(1, 1, 'A', words), index: 0 }]);
    expect(cues).toHaveLength(1);
    expect(cues[0]).toMatchObject({ startMilliseconds: 1000, endMilliseconds: 1001 });
    expect(cues[0]?.lines.join(' ')).toBe(words);
  });

  it('has no cues for a transcript without words', () => {
    expect(toVtt(transcriptOf([segment(0, 1, 'A', ' ')]))).not.toContain('-->');
    expect(toSrt(transcriptOf([]))).toBe('');
  });
});
