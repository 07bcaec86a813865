import { EMBEDDING_CLASS, LEDGER } from '../../profiler/model/attributeNames.ts';
import type { IngestResult } from '../../protocol/ingest.ts';
import type { EmbeddingClass, Segment } from '../../protocol/transcript.ts';
import { AUDIO_BUCKET } from './bucketKind.ts';

/** Something that lies in a bucket; `amount` in the unit of the ledger. */
export interface BucketItem {
  readonly text: string;
  readonly amount: number;
  readonly segment: number | null;
  readonly videoId: string | null;
  readonly span: number | null;
}

type Stretch = readonly [start: number, end: number];

/** What a segment's embedding of each class is, and why it has no better one. */
const REASONS: Readonly<Record<EmbeddingClass, string>> = {
  own: 'voice of its own speech',
  widened: 'under 0.5 s of its own speech: widened by up to 1.5 s of the same speaker around it',
  borrowed: 'under 0.5 s of speech of its speaker even 1.5 s around it: label borrowed, no voice',
  none: 'no speaker was found for it',
};

/** Shorter gaps are edges of segments. */
const LEAST_GAP_SECONDS = 0.05;

/**
 * The parts of a transcript that lie in a bucket: segments by the class of their voice embedding, segments as transcribed
 * audio, and the stretches between them as dropped or silent audio. Each leads to a segment, a stretch to the next one.
 */
export function segmentItems(
  result: IngestResult,
  ledger: string,
  bucket: string,
): { readonly items: BucketItem[]; readonly note: string | null } {
  const { segments, turns = [], durationSeconds } = result.transcript;
  if (ledger === LEDGER.voiceEmbedding) {
    const items = segments.flatMap((segment, i) =>
      segment.embedding === bucket ? [itemOf(result, segment, i, 1, true)] : [],
    );
    const known = Object.values(EMBEDDING_CLASS).find((each) => each === bucket);
    return { items, note: known === undefined ? null : `${sentence(REASONS[known])}.` };
  }
  if (bucket === AUDIO_BUCKET.transcribed) {
    return {
      items: segments.map((segment, i) =>
        itemOf(result, segment, i, segment.end - segment.start, false),
      ),
      note: 'Segments hold pauses within a sentence too, so they last longer than the speech.',
    };
  }
  const spoken = turns.map(({ start, end }): Stretch => [start, end]);
  const said = segments.map(({ start, end }): Stretch => [start, end]);
  const isDropped = bucket === AUDIO_BUCKET.dropped;
  const stretches = isDropped
    ? gaps(said, durationSeconds).flatMap((gap) => within(spoken, gap))
    : gaps([...said, ...spoken], durationSeconds);
  const what = isDropped ? 'speech without a text' : 'no speech';
  return {
    items: stretches.map(([start, end]) => ({
      text: `${clock(start)} to ${clock(end)}: ${what}`,
      amount: end - start,
      segment: segments.length === 0 ? null : nextSegment(segments, start),
      videoId: result.id,
      span: null,
    })),
    note: 'Stretches between the segments of the transcript; pauses within a segment are not among them.',
  };
}

function itemOf(
  { id }: IngestResult,
  segment: Segment,
  i: number,
  amount: number,
  told: boolean,
): BucketItem {
  const { start, end, speaker, text, flags = [] } = segment;
  const seconds = told ? ` (${(end - start).toFixed(1)} s)` : '';
  const flagged = flags.length === 0 ? '' : ` [${flags.join(', ')}]`;
  const said = `${clock(start)}${seconds} ${speaker}: ${text}${flagged}`;
  return { text: said, amount, segment: i, videoId: id, span: null };
}

/** What no stretch covers between 0 and the end, in order. */
function gaps(stretches: readonly Stretch[], end: number): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (const [start, to] of [...stretches].sort((a, b) => a[0] - b[0])) {
    if (start - from >= LEAST_GAP_SECONDS) found.push([from, start]);
    from = Math.max(from, to);
  }
  if (end - from >= LEAST_GAP_SECONDS) found.push([from, end]);
  return found;
}

/** The parts of a gap that some of the stretches cover. */
function within(stretches: readonly Stretch[], [from, to]: Stretch): Stretch[] {
  const parts = stretches
    .map(([start, end]): Stretch => [Math.max(start, from), Math.min(end, to)])
    .filter(([start, end]) => end - start >= LEAST_GAP_SECONDS)
    .sort((a, b) => a[0] - b[0]);
  const merged: Stretch[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last !== undefined && part[0] <= last[1]) {
      merged[merged.length - 1] = [last[0], Math.max(last[1], part[1])];
    } else merged.push(part);
  }
  return merged;
}

function nextSegment(segments: readonly Segment[], seconds: number): number {
  const next = segments.findIndex(({ end }) => end > seconds);
  return next === -1 ? segments.length - 1 : next;
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const minutes = `${Math.floor(whole / 60) % 60}:${two(whole % 60)}`;
  if (whole < 3600) return minutes;
  return `${Math.floor(whole / 3600)}:${minutes.padStart(5, '0')}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
