import { describe, expect, it } from 'vitest';
import { attributeClips } from '../../../../src/pipeline/attribution/attribute.ts';
import type { SpokenPiece } from '../../../../src/pipeline/attribution/segmentVoice.ts';
import type { SpeakerTurn } from '../../../../src/pipeline/diarisation/timeline.ts';
import type { Clip } from '../../../../src/pipeline/segmentation/clips.ts';

const clip = (startSeconds: number, endSeconds: number): Clip => ({
  first: 0,
  end: 1,
  voice: 0,
  startSeconds,
  endSeconds,
  startSample: Math.round(startSeconds * 16_000),
  endSample: Math.round(endSeconds * 16_000),
});
const text = (words: string, confidence = 0.9) => ({
  text: words,
  tokens: 5,
  confidence,
  flags: [] as string[],
  lost: null as string | null,
});
const turn = (start: number, end: number, speaker: number): SpeakerTurn => ({
  start,
  end,
  speaker,
});
const piece = (speaker: number, start: number, end: number): SpokenPiece => ({
  speaker,
  vector: Float32Array.of(1 - speaker, speaker),
  maskSeconds: Float64Array.from(
    { length: Math.floor((end - start) * 59) },
    (_, i) => start + i / 59,
  ),
});

describe('attributeClips', () => {
  it('gives each clip its speaker, its text and its voice', () => {
    const turns = [turn(0, 3, 0), turn(4, 7, 1)];
    const pieces = [piece(0, 0, 3), piece(1, 4, 7)];
    const segments = attributeClips(
      [clip(0, 3), clip(4, 7)],
      [text('Hello there.'), text('Hi.', 0.2)],
      turns,
      pieces,
    );
    expect(segments).toMatchObject([
      { start: 0, end: 3, speaker: 0, text: 'Hello there.', embedding: 'own', clip: 0, flags: [] },
      { speaker: 1, text: 'Hi.', embedding: 'own', clip: 1, flags: ['low-confidence'] },
    ]);
    expect([...segments[1]!.voice!]).toEqual([0, 1]);
  });

  it('splits a clip in which the speaker changes, words and time alike', () => {
    const segments = attributeClips(
      [clip(0, 6)],
      [text('Where were you? I was at home.')],
      [turn(0, 3, 0), turn(3, 6, 1)],
      [piece(0, 0, 3), piece(1, 3, 6)],
    );
    expect(segments).toMatchObject([
      { start: 0, speaker: 0, text: 'Where were you?', flags: ['split'], clip: -1 },
      { end: 6, speaker: 1, text: 'I was at home.', flags: ['split'], clip: -1 },
    ]);
    expect(segments[0]!.end).toBe(segments[1]!.start);
    expect(segments[0]!.end).toBeCloseTo(3, 1);
  });

  it('leaves a clip whole that has a single word', () => {
    const turns = [turn(0, 3, 0), turn(3, 6, 1)];
    const segments = attributeClips([clip(0, 6)], [text('Well.')], turns, []);
    expect(segments).toMatchObject([{ start: 0, end: 6, text: 'Well.', embedding: 'borrowed' }]);
  });

  it('leaves out what was not recognised, and keeps the numbers of the others', () => {
    const lost = { ...text(''), lost: 'no-words' };
    const segments = attributeClips(
      [clip(0, 3), clip(4, 7)],
      [lost, text('Yes.')],
      [turn(0, 7, 0)],
      [],
    );
    expect(segments).toMatchObject([{ text: 'Yes.', clip: 1 }]);
  });

  it('asks the nearest turn where nobody speaks within', () => {
    const turns = [turn(0, 60, 0), turn(70, 71, 1)];
    const [segment] = attributeClips([clip(61, 62)], [text('Hm.')], turns, []);
    expect(segment!.speaker).toBe(0);
  });

  it('finds a turn that began long before, and pieces out of order', () => {
    const turns = [turn(0, 300, 0), ...[1, 2, 3].map((i) => turn(i * 50, i * 50 + 1, 1))];
    const clips = [clip(10, 12), clip(200, 202), clip(280, 282)];
    const pieces = [piece(0, 200, 203), piece(0, 196, 199), piece(0, 280, 283)];
    const segments = attributeClips(
      clips,
      [text('A b.'), text('C d.'), text('E f.')],
      turns,
      pieces,
    );
    expect(segments.map(({ speaker }) => speaker)).toEqual([0, 0, 0]);
    expect(segments.map(({ embedding }) => embedding)).toEqual(['borrowed', 'own', 'own']);
  });
});
