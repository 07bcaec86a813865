import type { IngestResult } from '../../protocol/ingest.ts';
import type { Conversation } from '../earshot.ts';
import { CancelledError } from '../earshotError.ts';
import type { PlaylistEntry, ResolvedPlaylist } from '../media/resolvedMedia.ts';

/**
 * Ingests the entries of a playlist one after the other, each with its own record. A failure is told by its own events
 * and never stops the rest.
 *
 * @throws CancelledError when the signal fired
 */
export async function ingestPlaylist(
  playlist: ResolvedPlaylist,
  talk: Conversation,
  ingestEntry: (entry: PlaylistEntry) => Promise<IngestResult>,
): Promise<IngestResult[]> {
  const { title, entries, rejected } = playlist;
  const results: IngestResult[] = [];
  let failed = rejected.length;
  const tell = () => {
    const all = entries.length + rejected.length;
    talk.onEvent({ type: 'playlist', title, entries: all, done: results.length, failed });
  };
  for (const entry of rejected) {
    const name = entry.title === null ? '' : ` (“${entry.title}”)`;
    const message = `An entry was left out${name}: ${entry.reason}`;
    talk.onEvent({ type: 'notice', id: null, level: 'warning', code: 'playlist.entry', message });
  }
  tell();
  for (const entry of entries) {
    if (talk.signal.aborted) throw new CancelledError();
    try {
      results.push(await ingestEntry(entry));
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      failed += 1;
    }
    tell();
  }
  return results;
}
