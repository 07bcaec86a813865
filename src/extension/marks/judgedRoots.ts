import { existsSync, type FSWatcher, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import {
  JUDGED_FILE_NAME,
  JUDGED_FOLDER_NAME,
  LIBRARY_FILE_NAME,
} from '../../protocol/libraryFolder.ts';

/** Where nothing can be watched, as in a folder that is not there yet. */
const POLL_MS = 5000;

/**
 * The folders that a library holds judgements of, by the signs beside it. It reads a few small files, and again when the
 * system says that one came or went; nothing of it opens the library.
 */
export class JudgedRoots {
  readonly #home: string;
  readonly #changed: () => void;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #roots: readonly string[] = [];

  /**
   * @param home folder of the library, which need not be there
   * @param changed told when the folders are others than before
   */
  constructor(home: string, changed: () => void) {
    this.#home = home;
    this.#changed = changed;
    this.#watch();
    this.#roots = this.#read();
  }

  /** Absolute paths of the folders, as they were judged: without links. */
  get roots(): readonly string[] {
    return this.#roots;
  }

  dispose(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    clearTimeout(this.#poll);
  }

  /** Watches the signs, or until the first is left the folder that they will lie in. */
  #watch(): void {
    this.dispose();
    const signs = join(this.#home, JUDGED_FOLDER_NAME);
    const waits = !existsSync(signs);
    try {
      const watcher = watch(waits ? this.#home : signs, { persistent: false });
      this.#watcher = watcher;
      watcher.on('change', (_, name) => {
        // The library's own files change all the time.
        if (waits && name !== JUDGED_FOLDER_NAME && existsSync(this.#home)) return;
        this.#look(waits || !existsSync(signs));
      });
      watcher.on('error', () => this.#wait());
    } catch {
      this.#wait();
      return;
    }
    // Made while this was under way.
    if (waits && existsSync(signs)) this.#watch();
  }

  #wait(): void {
    this.dispose();
    this.#poll = setTimeout(() => this.#look(true), POLL_MS);
    this.#poll.unref();
  }

  #look(watchAnew: boolean): void {
    // First, so that none is left unseen in between.
    if (watchAnew) this.#watch();
    const roots = this.#read();
    const isSame = roots.join('\0') === this.#roots.join('\0');
    this.#roots = roots;
    if (!isSame) this.#changed();
  }

  /** None where there is no library: a worker would make one. */
  #read(): string[] {
    const folder = join(this.#home, JUDGED_FOLDER_NAME);
    try {
      if (!existsSync(join(this.#home, LIBRARY_FILE_NAME))) return [];
      return readdirSync(folder)
        .filter((name) => JUDGED_FILE_NAME.test(name))
        .sort()
        .flatMap((name) => textOf(join(folder, name)));
    } catch {
      return [];
    }
  }
}

function textOf(file: string): string[] {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    // Taken away since.
    return [];
  }
}
