import type { ProfileSummary } from '../../store/profiles.ts';
import type { RunDigest } from './runDigest.ts';

/** A finished run in the history of its series. */
export interface HistoryEntry {
  readonly summary: ProfileSummary;
  readonly digest: RunDigest;
  readonly accepted: boolean;
}

/**
 * Histories of like with like, each the oldest first: of one series, kind and video, and with the same stages left out.
 * Videos and programs may bear the same name. A re-run of one
 * stage does less than a whole ingest; held against one it would seem to have lost everything.
 */
export function comparableHistories(entries: readonly HistoryEntry[]): HistoryEntry[][] {
  const histories = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const { series, kind, videoId } = entry.summary;
    const key = JSON.stringify([series, kind, videoId, entry.digest.reused]);
    const history = histories.get(key) ?? [];
    histories.set(key, history);
    history.push(entry);
  }
  return [...histories.values()];
}
