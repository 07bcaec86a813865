import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { LibraryDatabase } from './open.ts';

export interface ClaimHolder {
  readonly processId: number;
  readonly host: string;
}

interface ClaimRow {
  readonly videoId: string;
  readonly processId: number;
  readonly processStart: string;
  readonly host: string;
}

/** What this process holds, by library and video: the row of a claim that could not be deleted is void. */
const HELD_HERE = new Set<string>();

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
      if (row && this.#isHeld({ videoId, ...row })) {
        return { processId: row.processId, host: row.host };
      }
      this.#database
        .prepare(
          'INSERT OR REPLACE INTO claims (video_id, process_id, process_start, host) VALUES (?, ?, ?, ?)',
        )
        .run(videoId, process.pid, statOf(process.pid)?.start ?? '', hostname());
      return null;
    });
    const holder = take.immediate();
    if (holder === null) HELD_HERE.add(this.#nameOf(videoId));
    return holder;
  }

  /** Gives a claim back. Never throws: on a full disk the row stays, and holds no longer than this process lives. */
  release(videoId: string): void {
    HELD_HERE.delete(this.#nameOf(videoId));
    try {
      this.#database
        .prepare('DELETE FROM claims WHERE video_id = ? AND process_id = ? AND host = ?')
        .run(videoId, process.pid, hostname());
    } catch {
      // What made the work fail is the error to tell, not that tidying up after it failed too.
    }
  }

  /** Videos that a live process works on now. */
  live(): Set<string> {
    const rows = this.#database
      .prepare<[], ClaimRow>(
        'SELECT video_id AS videoId, process_id AS processId, process_start AS processStart, host FROM claims',
      )
      .all();
    return new Set(rows.filter((row) => this.#isHeld(row)).map((row) => row.videoId));
  }

  #nameOf(videoId: string): string {
    return `${this.#database.name}\0${videoId}`;
  }

  #isHeld({ videoId, processId, processStart, host }: ClaimRow): boolean {
    const own = processId === process.pid && host === hostname();
    return own ? HELD_HERE.has(this.#nameOf(videoId)) : lives(processId, processStart, host);
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
