import type { ProfileSummary } from '../../store/profiles.ts';
import type { RunDigest } from './runDigest.ts';

/** A finished run in the history of its series. */
export interface HistoryEntry {
  readonly summary: ProfileSummary;
  readonly digest: RunDigest;
  readonly accepted: boolean;
}

/**
 * Histories of like with like, each the oldest first: of one series, and with the same stages left out. A re-run of one
 * stage does less than a whole ingest; held against one it would seem to have lost everything.
 */
export function comparableHistories(entries: readonly HistoryEntry[]): HistoryEntry[][] {
  const histories = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.summary.series, entry.digest.reused]);
    const history = histories.get(key) ?? [];
    histories.set(key, history);
    history.push(entry);
  }
  return [...histories.values()];
}
