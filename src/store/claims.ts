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
  /** Unix milliseconds. */
  readonly renewedAt: number;
}

/** A claim from another host, whose processes cannot be seen from here, is void when it was not renewed for so long. */
const FOREIGN_CLAIM_MILLISECONDS = 120_000;
const COLUMNS = `video_id AS videoId, process_id AS processId, process_start AS processStart, host,
  renewed_at AS renewedAt`;

/** What this process holds, by library and video: the row of a claim that could not be deleted is void. */
const HELD_HERE = new Set<string>();

/**
 * Which process works on which video. A claim of a process that no longer lives on this machine is taken over, and one of
 * another host (a container that came back under a new name) when it has not been renewed, so a killed process never
 * blocks a video.
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
        .prepare<[string], ClaimRow>(`SELECT ${COLUMNS} FROM claims WHERE video_id = ?`)
        .get(videoId);
      if (row && this.#isHeld(row)) {
        return { processId: row.processId, host: row.host };
      }
      this.#database
        .prepare(
          `INSERT OR REPLACE INTO claims (video_id, process_id, process_start, host, renewed_at)
           VALUES (?, ?, ?, ?, ?)`,
        )
        .run(videoId, process.pid, statOf(process.pid)?.start ?? '', hostname(), Date.now());
      return null;
    });
    const holder = take.immediate();
    if (holder === null) HELD_HERE.add(this.#nameOf(videoId));
    return holder;
  }

  /** Says that this process still works on a video. Never throws: the claim holds for a while without. */
  renew(videoId: string): void {
    try {
      this.#database
        .prepare(
          'UPDATE claims SET renewed_at = ? WHERE video_id = ? AND process_id = ? AND host = ?',
        )
        .run(Date.now(), videoId, process.pid, hostname());
    } catch {
      // A full disk or a busy library: the work itself will meet it and tell it.
    }
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
    const rows = this.#database.prepare<[], ClaimRow>(`SELECT ${COLUMNS} FROM claims`).all();
    return new Set(rows.filter((row) => this.#isHeld(row)).map((row) => row.videoId));
  }

  #nameOf(videoId: string): string {
    return `${this.#database.name}\0${videoId}`;
  }

  #isHeld({ videoId, processId, processStart, host, renewedAt }: ClaimRow): boolean {
    if (host !== hostname()) return Date.now() - renewedAt < FOREIGN_CLAIM_MILLISECONDS;
    const own = processId === process.pid;
    return own ? HELD_HERE.has(this.#nameOf(videoId)) : lives(processId, processStart);
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

function lives(processId: number, processStart: string): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const stat = statOf(processId);
  if (stat?.state === 'Z') return false;
  return stat === null || processStart === '' || stat.start === processStart;
}
