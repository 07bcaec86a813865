import { percentages } from '../../profiler/ledger/percentages.ts';
import { LEDGER } from '../../profiler/model/attributeNames.ts';
import type { Ledger } from '../../profiler/model/ledger.ts';
import type { LedgerView } from '../../protocol/runMessages.ts';
import { bucketKind } from './bucketKind.ts';

const TITLES: ReadonlyMap<string, string> = new Map([
  [LEDGER.audio, 'Where the audio went'],
  [LEDGER.voiceEmbedding, 'Voice embeddings of the segments'],
]);

/** Ledgers for the page; the percentages of each sum to exactly 100.00. */
export function ledgerViews(ledgers: readonly Ledger[]): LedgerView[] {
  return ledgers.map((ledger) => {
    const percents = percentages(ledger);
    const { name, unit, total, buckets } = ledger;
    return {
      name,
      title: TITLES.get(name) ?? name,
      unit,
      total,
      buckets: buckets.map((bucket, i) => ({
        name: bucket.name,
        reason: bucket.reason ?? null,
        amount: bucket.amount,
        percent: percents[i] ?? 0,
        kind: bucketKind(name, bucket.name),
      })),
    };
  });
}
