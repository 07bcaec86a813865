import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const POLL_MS = 1000;

/**
 * Tells when the library changed, whoever changed it. Several processes write to it, so the files' own times are asked:
 * that costs microseconds, and the library is read only when one of them differs.
 */
export class LibraryWatch<T> {
  readonly #home: string;
  readonly #read: () => T;
  readonly #changed: (content: T) => void;
  readonly #timer: NodeJS.Timeout;
  #stamp = '';
  #content = '';

  constructor(home: string, read: () => T, changed: (content: T) => void) {
    this.#home = home;
    this.#read = read;
    this.#changed = changed;
    this.#stamp = this.#fileStamp();
    this.#content = JSON.stringify(read());
    this.#timer = setInterval(() => this.check(), POLL_MS);
    this.#timer.unref();
  }

  /** Looks now; called by the timer, and by this process after it changed something. */
  check(): void {
    const stamp = this.#fileStamp();
    if (stamp === this.#stamp) return;
    let read: T;
    try {
      read = this.#read();
    } catch {
      // Busy or out of reach for now: the stamp is still the old one, so the next look reads it.
      return;
    }
    this.#stamp = stamp;
    const content = JSON.stringify(read);
    if (content === this.#content) return;
    this.#content = content;
    this.#changed(read);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #fileStamp(): string {
    return databaseFiles(this.#home)
      .map((file) => {
        const stat = statSync(file, { throwIfNoEntry: false });
        return stat ? `${file} ${stat.size} ${stat.mtimeMs}` : '';
      })
      .join('\n');
  }
}

/** SQLite commits to the `-wal` file first, so that one counts as much as the database. */
function databaseFiles(home: string): string[] {
  try {
    return readdirSync(home)
      .filter((name) => /\.(db|sqlite3?)(-wal)?$/.test(name))
      .sort()
      .map((name) => join(home, name));
  } catch {
    return [];
  }
}
