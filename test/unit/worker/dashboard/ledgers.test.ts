import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeLedger } from '../../../../src/profiler/ledger/closeLedger.ts';
import type { IngestResult } from '../../../../src/protocol/ingest.ts';
import type { EmbeddingClass } from '../../../../src/protocol/transcript.ts';
import { ledgerViews } from '../../../../src/worker/dashboard/ledgerViews.ts';
import { segmentItems } from '../../../../src/worker/dashboard/segmentItems.ts';

const CLASSES: readonly EmbeddingClass[] = ['own', 'widened', 'borrowed', 'none'];

function resultOf(
  segments: readonly (readonly [start: number, end: number, embedding: EmbeddingClass])[],
  durationSeconds: number,
  turns: readonly (readonly [number, number])[] = [],
): IngestResult {
  const transcript = {
    segments: segments.map(([start, end, embedding], i) => ({
      ...{ start, end, embedding, speaker: 'Speaker 1', text: `Text ${i}.`, confidence: 1 },
    })),
    turns: turns.map(([start, end]) => ({ start, end, speaker: 'Speaker 1' })),
    durationSeconds,
  };
  return { id: 'v', transcript } as unknown as IngestResult;
}

describe('ledgerViews', () => {
  it('sums to 100.00 whatever the amounts', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(amounts, (parts) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(total > 0);
        const buckets = parts.map((amount, i) => ({ name: `b${i}`, amount }));
        const [view] = ledgerViews([closeLedger('any', 'things', total * 1.5, buckets)]);
        const hundredths = view!.buckets.map(({ percent }) => Math.round(percent * 100));
        expect(hundredths.reduce((sum, each) => sum + each, 0)).toBe(10_000);
      }),
    );
  });

  it('says what was kept, what was lost and what nobody explains', () => {
    const [voices, items, audio] = ledgerViews([
      closeLedger(
        'voice-embedding',
        'segments',
        4,
        CLASSES.map((name) => ({ name, amount: 1 })),
      ),
      closeLedger('rows', 'rows', 10, [
        { name: 'out', amount: 6 },
        { name: 'dropped', reason: 'time-out', amount: 3 },
      ]),
      closeLedger(
        'audio',
        'seconds',
        10,
        [{ name: 'speech transcribed', amount: 6 }],
        'non-speech',
      ),
    ]);
    expect(voices?.buckets.map(({ kind }) => kind)).toEqual(['kept', 'kept', 'lost', 'lost']);
    expect(items?.buckets.map(({ kind }) => kind)).toEqual(['kept', 'lost', 'unexplained']);
    expect(audio?.buckets.map(({ kind }) => kind)).toEqual(['kept', 'neutral']);
  });
});

describe('segmentItems', () => {
  it('lists the segments of a class with the reason why they are in it', () => {
    const result = resultOf(
      [
        [0, 2, 'own'],
        [3, 3.3, 'borrowed'],
        [4, 6, 'own'],
      ],
      7,
    );
    const { items, note } = segmentItems(result, 'voice-embedding', 'borrowed');
    expect(items).toEqual([
      {
        text: '0:03 (0.3 s) Speaker 1: Text 1.',
        ...{ amount: 1, segment: 1, videoId: 'v', span: null },
      },
    ]);
    expect(note).toContain('label borrowed');
  });

  it('tells speech without a text from silence, each leading to the next segment', () => {
    const result = resultOf(
      [
        [0, 2, 'own'],
        [6, 8, 'own'],
      ],
      4000,
      [
        [0, 3],
        [3.5, 4],
        [6, 8],
      ],
    );
    const dropped = segmentItems(result, 'audio', 'speech dropped').items;
    expect(dropped.map(({ text, segment }) => [text, segment])).toEqual([
      ['0:02 to 0:03: speech without a text', 1],
      ['0:03 to 0:04: speech without a text', 1],
    ]);
    const silent = segmentItems(result, 'audio', 'non-speech').items;
    expect(silent.map(({ text, segment }) => [text, segment])).toEqual([
      ['0:03 to 0:03: no speech', 1],
      ['0:04 to 0:06: no speech', 1],
      ['0:08 to 1:06:40: no speech', 1],
    ]);
  });

  it('puts every moment into one bucket', () => {
    const stretch = fc
      .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 9 }))
      .map(([start, length]) => [start, start + length] as const);
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 20 }),
        fc.array(stretch, { maxLength: 20 }),
        (said, spoken) => {
          const result = resultOf(
            said.map(([from, to]) => [from, to, 'own']),
            100,
            spoken,
          );
          const covered = new Array<number>(100).fill(0);
          for (const [from, to] of said) covered.fill(1, from, to);
          const sum = (bucket: string): number =>
            segmentItems(result, 'audio', bucket).items.reduce(
              (all, { amount }) => all + amount,
              0,
            );
          const transcribed = covered.reduce((all, each) => all + each, 0);
          expect(transcribed + sum('speech dropped') + sum('non-speech')).toBeCloseTo(100, 6);
        },
      ),
    );
  });
});
