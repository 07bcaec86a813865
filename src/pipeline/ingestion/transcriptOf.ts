import { closeLedger } from '../../profiler/ledger/closeLedger.ts';
import { intervalLedger } from '../../profiler/ledger/intervalLedger.ts';
import { percentages } from '../../profiler/ledger/percentages.ts';
import { LEDGER } from '../../profiler/model/attributeNames.ts';
import type { Ledger as RunLedger } from '../../profiler/model/ledger.ts';
import type { Ledger, Ledgers, Segment, Speaker, Transcript } from '../../protocol/transcript.ts';
import { closePauses } from '../diarisation/timeline.ts';
import type { MediaArtefact } from '../stages/downloadStage.ts';
import { languageOf } from './language.ts';
import type { SpokenContent } from './processAudio.ts';

const MILLISECONDS = 1000;

/** What readers call a speaker, by first appearance. */
export function speakerName(speaker: number): string {
  return `Speaker ${speaker + 1}`;
}

/** The transcript of what was spoken. */
export function transcriptOf(
  content: SpokenContent,
  media: MediaArtefact,
  source: string,
): Transcript {
  const segments = content.segments.map((segment): Segment => ({
    start: rounded(segment.start),
    end: rounded(segment.end),
    speaker: speakerName(segment.speaker),
    text: segment.text,
    confidence: Math.round(segment.confidence * 1e4) / 1e4,
    embedding: segment.embedding,
    ...(segment.flags.length > 0 ? { flags: [...segment.flags] } : {}),
  }));
  return {
    title: media.title,
    source,
    segments,
    speakers: speakersOf(content),
    ...languageOf(media.language, content.segments),
    durationSeconds: rounded(content.audioSeconds),
    chapters: media.chapters,
    turns: closePauses(content.turns).map((turn) => ({
      start: rounded(turn.start),
      end: rounded(turn.end),
      speaker: speakerName(turn.speaker),
    })),
  };
}

function speakersOf(content: SpokenContent): Speaker[] {
  const numbers = [...new Set(content.segments.map((segment) => segment.speaker))];
  return numbers
    .sort((a, b) => a - b)
    .map((number) => ({
      name: speakerName(number),
      speechSeconds: rounded(
        content.turns
          .filter((turn) => turn.speaker === number)
          .reduce((sum, turn) => sum + turn.end - turn.start, 0),
      ),
      segments: content.segments.filter((segment) => segment.speaker === number).length,
    }));
}

/** Every second of the audio in exactly one bucket, every segment in exactly one embedding class. */
export function ledgersOf(content: SpokenContent): { audio: RunLedger; embeddings: RunLedger } {
  const stretches = (lost: string | null) =>
    content.speech
      .filter((stretch) => stretch.lost === lost)
      .map(({ start, end }) => [start, end] as const);
  const reasons = [...new Set(content.speech.map((stretch) => stretch.lost))];
  const audio = intervalLedger(
    LEDGER.audio,
    content.audioSeconds,
    [
      { name: 'speech transcribed', intervals: stretches(null) },
      ...reasons
        .filter((reason) => reason !== null)
        .sort()
        .map((reason) => ({ name: 'speech dropped', reason, intervals: stretches(reason) })),
    ],
    'non-speech',
  );
  const classes = ['own', 'widened', 'borrowed', 'none'] as const;
  const embeddings = closeLedger(
    LEDGER.voiceEmbedding,
    'segments',
    content.segments.length,
    classes.map((name) => ({
      name,
      amount: content.segments.filter((segment) => segment.embedding === name).length,
    })),
  );
  return { audio, embeddings };
}

/** Ledgers as they are published, with percentages that sum to 100.00. */
export function publishedLedgers(ledgers: { audio: RunLedger; embeddings: RunLedger }): Ledgers {
  const published = (ledger: RunLedger): Ledger => {
    const percents = percentages(ledger);
    return {
      unit: ledger.unit,
      total: ledger.total,
      buckets: ledger.buckets.map((bucket, i) => ({ ...bucket, percent: percents[i] as number })),
    };
  };
  return { audio: published(ledgers.audio), embeddings: published(ledgers.embeddings) };
}

function rounded(seconds: number): number {
  return Math.round(seconds * MILLISECONDS) / MILLISECONDS;
}
