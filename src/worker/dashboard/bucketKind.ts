import { CAME_OUT, DROPPED } from '../../profiler/ledger/ledgersOf.ts';
import { UNEXPLAINED } from '../../profiler/ledger/closeLedger.ts';
import { EMBEDDING_CLASS, LEDGER } from '../../profiler/model/attributeNames.ts';
import type { LedgerView } from '../../protocol/runMessages.ts';

export type BucketKind = LedgerView['buckets'][number]['kind'];

/** Buckets of the ledger of audio, as the pipeline names them. */
export const AUDIO_BUCKET = {
  transcribed: 'speech transcribed',
  dropped: 'speech dropped',
  silent: 'non-speech',
} as const;

const KINDS: ReadonlyMap<string, ReadonlyMap<string, BucketKind>> = new Map([
  [
    LEDGER.audio,
    new Map<string, BucketKind>([
      [AUDIO_BUCKET.transcribed, 'kept'],
      [AUDIO_BUCKET.dropped, 'lost'],
      [AUDIO_BUCKET.silent, 'neutral'],
    ]),
  ],
  [
    LEDGER.voiceEmbedding,
    new Map<string, BucketKind>([
      [EMBEDDING_CLASS.own, 'kept'],
      [EMBEDDING_CLASS.widened, 'kept'],
      [EMBEDDING_CLASS.borrowed, 'lost'],
      [EMBEDDING_CLASS.none, 'lost'],
    ]),
  ],
]);

const OF_ANY_LEDGER: ReadonlyMap<string, BucketKind> = new Map([
  [CAME_OUT, 'kept'],
  [DROPPED, 'lost'],
  [UNEXPLAINED, 'unexplained'],
]);

/** Whether what lies in a bucket was kept or lost; `neutral` where a client's own word says neither. */
export function bucketKind(ledger: string, bucket: string): BucketKind {
  return KINDS.get(ledger)?.get(bucket) ?? OF_ANY_LEDGER.get(bucket) ?? 'neutral';
}
