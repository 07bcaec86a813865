import { formatShare } from '../../profiler/report/formatNumber.ts';
import type { HistoryEntry } from './historyEntry.ts';

/** What less was kept of than in any of the runs before, by the ledgers, in words; null where nothing was. */
export function keptLess({ digest }: HistoryEntry, before: readonly HistoryEntry[]): string | null {
  const losses = [...digest.kept].flatMap(([ledger, share]) => {
    const least = Math.min(...before.map((each) => each.digest.kept.get(ledger) ?? Infinity));
    if (!Number.isFinite(least) || share >= least - 1e-9) return [];
    return [`${ledger}: ${formatShare(share)} kept instead of ${formatShare(least)}`];
  });
  return losses.length === 0 ? null : losses.join('; ');
}
