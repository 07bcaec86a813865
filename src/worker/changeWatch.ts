import { type LibraryDatabase, openLibrary } from '../store/open.ts';

/**
 * Tells whether something of the library changed since the last look, whoever changed it. A connection of its own sees
 * the commits of all others, this process's too, for the microsecond that `data_version` costs; tables are read only
 * after one.
 */
export class ChangeWatch {
  readonly #database: LibraryDatabase;
  readonly #version: () => unknown;
  readonly #stampNow: () => string;
  #seen: unknown;
  #stamp: string;

  /**
   * @param stampOf gives, for a connection, what reads a text that is another one after a change that counts.
   * @throws EarshotError as `openLibrary` does
   */
  constructor(path: string, stampOf: (database: LibraryDatabase) => () => string) {
    this.#database = openLibrary(path);
    const statement = this.#database.prepare('PRAGMA data_version').pluck();
    this.#version = () => statement.get();
    this.#stampNow = stampOf(this.#database);
    this.#seen = this.#version();
    this.#stamp = this.#stampNow();
  }

  changed(): boolean {
    const version = this.#version();
    if (version === this.#seen) return false;
    const stamp = this.#stampNow();
    this.#seen = version;
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    return true;
  }

  close(): void {
    this.#database.close();
  }
}
