import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributedSegment } from '../../../../src/pipeline/attribution/attribute.ts';
import type { SpokenContent } from '../../../../src/pipeline/ingestion/processAudio.ts';
import {
  ledgersOf,
  publishedLedgers,
  transcriptOf,
} from '../../../../src/pipeline/ingestion/transcriptOf.ts';
import { Ledgers, Transcript } from '../../../../src/protocol/transcript.ts';
import { evenly } from '../../../helpers/numbers.ts';

/** Stretches of speech one after another with pauses, a segment for each that was recognised. */
const contents = fc
  .array(
    fc.record({
      pause: evenly(0, 4),
      length: evenly(0.05, 15),
      speaker: fc.nat(3),
      lost: fc.constantFrom(null, null, null, 'no-words', 'inference-crashed'),
      embedding: fc.constantFrom(
        'own' as const,
        'widened' as const,
        'borrowed' as const,
        'none' as const,
      ),
      confidence: evenly(0, 1),
    }),
    { maxLength: 40, size: 'max' },
  )
  .chain((rows) => fc.tuple(fc.constant(rows), evenly(0, 5)))
  .map(([rows, rest]): SpokenContent => {
    let end = 0;
    const speech = rows.map(({ pause, length, lost }) => {
      const start = end + pause;
      end = start + length;
      return { start, end, lost };
    });
    const segments = rows.flatMap((row, i): AttributedSegment[] =>
      row.lost === null
        ? [{ ...row, ...speech[i]!, text: `text ${i}`, flags: [], voice: null, clip: i }]
        : [],
    );
    return {
      audioSeconds: end + rest,
      speech,
      segments,
      meanings: segments.map(() => new Float32Array(384)),
      centroids: [],
      turns: segments.map(({ start, end: to, speaker }) => ({ start, end: to, speaker })),
    };
  });

const media = {
  ...{ path: '/m', bytes: 1, sha256: 'a', title: 'Talk', language: null, channel: null },
  chapters: [],
};
const amount = (ledger: Ledgers['audio'], name: string, reason?: string) =>
  ledger.buckets.find((bucket) => bucket.name === name && bucket.reason === reason)?.amount ?? 0;

describe('ledgers', () => {
  it('hold every second and every segment in one bucket, and sum to exactly 100.00', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const ledgers = publishedLedgers(ledgersOf(content));
        expect(Ledgers.parse(ledgers)).toEqual(ledgers);
        const sizes = [
          [ledgers.audio, content.audioSeconds],
          [ledgers.embeddings, content.segments.length],
        ] as const;
        for (const [ledger, size] of sizes) {
          expect(ledger.total).toBeCloseTo(size, 9);
          const whole = ledger.buckets.reduce((sum, bucket) => sum + bucket.amount, 0);
          expect(whole).toBeCloseTo(size, 6);
          const hundredths = ledger.buckets.map(({ percent }) => Math.round(percent * 100));
          expect(hundredths.reduce((a, b) => a + b, 0)).toBe(size > 0 ? 10_000 : 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('put each stretch under what became of it', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const { audio, embeddings } = publishedLedgers(ledgersOf(content));
        const seconds = (lost: string | null) =>
          content.speech
            .filter((stretch) => stretch.lost === lost)
            .reduce((sum, stretch) => sum + stretch.end - stretch.start, 0);
        expect(amount(audio, 'speech transcribed')).toBeCloseTo(seconds(null), 6);
        for (const reason of ['no-words', 'inference-crashed']) {
          expect(amount(audio, 'speech dropped', reason)).toBeCloseTo(seconds(reason), 6);
        }
        const classes = content.segments.map(({ embedding }) => embedding);
        for (const name of ['own', 'widened', 'borrowed', 'none'] as const) {
          const count = classes.filter((other) => other === name).length;
          expect(amount(embeddings, name)).toBe(count);
        }
      }),
    );
  });

  it('count a second once where speech was cut twice', () => {
    const speech = [
      { start: 0, end: 6, lost: null },
      { start: 5, end: 8, lost: 'no-words' },
    ];
    const content = {
      segments: [],
      meanings: [],
      centroids: [],
      turns: [],
      speech,
      audioSeconds: 10,
    };
    const { audio } = publishedLedgers(ledgersOf(content));
    expect(audio.buckets.reduce((sum, bucket) => sum + bucket.amount, 0)).toBeCloseTo(10, 9);
    expect(amount(audio, 'non-speech')).toBeCloseTo(2, 9);
  });
});

describe('transcriptOf', () => {
  it('keeps its contract, its order and its words, and counts each speaker’s share', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const transcript = transcriptOf(content, media, '/source');
        expect(Transcript.parse(transcript)).toEqual(transcript);
        expect(transcript.segments.map(({ text }) => text)).toEqual(
          content.segments.map(({ text }) => text),
        );
        const names = new Set(content.segments.map(({ speaker }) => `Speaker ${speaker + 1}`));
        expect(new Set(transcript.speakers.map(({ name }) => name))).toEqual(names);
        const counted = transcript.speakers.reduce((sum, { segments }) => sum + segments, 0);
        expect(counted).toBe(content.segments.length);
        const spoken = transcript.speakers.reduce(
          (sum, { speechSeconds }) => sum + speechSeconds,
          0,
        );
        const turns = content.turns.reduce((sum, { start, end }) => sum + end - start, 0);
        expect(spoken).toBeCloseTo(turns, 2);
      }),
    );
  });
});
