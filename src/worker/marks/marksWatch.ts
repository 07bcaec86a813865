import { Judgements } from '../../store/judgements.ts';
import { type LibraryDatabase, openLibrary } from '../../store/open.ts';

/**
 * Tells whether what is judged, accepted or silenced changed since the last look, whoever changed it. A connection of its
 * own sees the commits of all others, this process's too, for the microsecond that `data_version` costs; tables are read
 * only after one.
 */
export class MarksWatch {
  readonly #database: LibraryDatabase;
  readonly #judgements: Judgements;
  readonly #version: () => unknown;
  #seen: unknown;
  #stamp: string;

  /** @throws EarshotError as `openLibrary` does */
  constructor(path: string) {
    this.#database = openLibrary(path);
    this.#judgements = new Judgements(this.#database);
    const statement = this.#database.prepare('PRAGMA data_version').pluck();
    this.#version = () => statement.get();
    this.#seen = this.#version();
    this.#stamp = this.#judgements.stamp();
  }

  changed(): boolean {
    const version = this.#version();
    if (version === this.#seen) return false;
    const stamp = this.#judgements.stamp();
    this.#seen = version;
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    return true;
  }

  close(): void {
    this.#database.close();
  }
}
