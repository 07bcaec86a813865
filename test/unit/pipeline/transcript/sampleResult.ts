import type { IngestResult } from '../../../../src/protocol/ingest.ts';
import type { Segment, Transcript } from '../../../../src/protocol/transcript.ts';

export function segment(start: number, end: number, speaker: string, text: string): Segment {
  return { start, end, speaker, text, confidence: 0.9, embedding: 'own' };
}

export function transcriptOf(
  segments: readonly Segment[],
  more: Partial<Transcript> = {},
): Transcript {
  const names = [...new Set(segments.map(({ speaker }) => speaker))];
  return {
    title: 'Two people talk',
    source: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    segments: [...segments],
    speakers: names.map((name) => ({ name, speechSeconds: 1, segments: 1 })),
    language: 'en',
    languageWarning: null,
    durationSeconds: 754,
    chapters: [],
    ...more,
  };
}

export function resultOf(transcript: Transcript, more: Partial<IngestResult> = {}): IngestResult {
  return {
    type: 'result',
    id: 'v1',
    runId: 'r1',
    transcript,
    ledger: {
      audio: { unit: 's', total: transcript.durationSeconds, buckets: [] },
      embeddings: {
        unit: 'segments',
        total: 4,
        buckets: [
          { name: 'own', amount: 2, percent: 50 },
          { name: 'widened', amount: 1, percent: 25 },
          { name: 'none', amount: 1, percent: 25 },
        ],
      },
    },
    stages: [],
    wallSeconds: 15,
    realTimeFactor: 0.02,
    cached: false,
    ...more,
  };
}

export const CONVERSATION = transcriptOf(
  [
    segment(0.5, 3.25, 'Speaker 1', 'Good morning & welcome.'),
    segment(3.5, 6, 'Speaker 1', 'Today we talk about <b>ears</b>.'),
    segment(6.1, 9, 'Speaker 2', 'Thank you --> glad to be here.'),
    segment(61.2, 64, 'Speaker 1', 'Let us begin.'),
  ],
  {
    chapters: [
      { title: 'Opening', start: 0, end: 60 },
      { title: 'The ear', start: 60, end: 754 },
    ],
  },
);
