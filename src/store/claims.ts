import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { LibraryDatabase } from './open.ts';

export interface ClaimHolder {
  readonly processId: number;
  readonly host: string;
}

/**
 * Which process works on which video. A claim of a process that no longer lives on this machine is taken over, so a
 * killed process never blocks a video.
 */
export class Claims {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  /** Claims a video for this process. @returns the live holder where there is one, null when the claim is ours */
  take(videoId: string): ClaimHolder | null {
    const take = this.#database.transaction((): ClaimHolder | null => {
      const row = this.#database
        .prepare<[string], { processId: number; processStart: string; host: string }>(
          'SELECT process_id AS processId, process_start AS processStart, host FROM claims WHERE video_id = ?',
        )
        .get(videoId);
      if (row && lives(row.processId, row.processStart, row.host)) {
        return { processId: row.processId, host: row.host };
      }
      this.#database
        .prepare(
          'INSERT OR REPLACE INTO claims (video_id, process_id, process_start, host) VALUES (?, ?, ?, ?)',
        )
        .run(videoId, process.pid, statOf(process.pid)?.start ?? '', hostname());
      return null;
    });
    return take.immediate();
  }

  release(videoId: string): void {
    this.#database
      .prepare('DELETE FROM claims WHERE video_id = ? AND process_id = ? AND host = ?')
      .run(videoId, process.pid, hostname());
  }

  /** Videos that a live process works on now. */
  live(): Set<string> {
    const rows = this.#database
      .prepare<[], { videoId: string; processId: number; processStart: string; host: string }>(
        'SELECT video_id AS videoId, process_id AS processId, process_start AS processStart, host FROM claims',
      )
      .all();
    return new Set(
      rows
        .filter((row) => lives(row.processId, row.processStart, row.host))
        .map((row) => row.videoId),
    );
  }
}

/** State letter and start time of a process, where the system tells; a later process with the same number started later. */
function statOf(processId: number): { state: string; start: string } | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function lives(processId: number, processStart: string, host: string): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(processId, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const stat = statOf(processId);
  if (stat?.state === 'Z') return false;
  return stat === null || processStart === '' || stat.start === processStart;
}
