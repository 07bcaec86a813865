import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EarshotError } from '../pipeline/earshotError.ts';
import { readLargeFile, writeLargeFile } from './largeFile.ts';
import { makeFolder } from './makeFolder.ts';

const SUFFIX = '.earshotrun';
/** Nobody has been writing a file for longer without a pause. */
const STALE_MILLISECONDS = 3_600_000;

/** The files beside the library that hold what is too large for a row. */
export class RunFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Name of the file of a run. */
  nameOf(runId: string): string {
    return `${runId}${SUFFIX}`;
  }

  /** Writes a file under a name of its own, whole or not at all. Gives the name, for `place`. */
  write(bytes: Uint8Array): string {
    makeFolder(this.#folder);
    const partial = `${randomUUID()}.part`;
    writeLargeFile(join(this.#folder, partial), bytes);
    return partial;
  }

  /** Puts a written file where the row of its run says, in the transaction of that row. */
  place(partial: string, name: string): void {
    renameSync(join(this.#folder, partial), join(this.#folder, name));
  }

  /** @throws EarshotError `run.file-missing` */
  read(name: string, runId: string): Buffer {
    const path = join(this.#folder, name);
    if (!existsSync(path)) {
      throw new EarshotError(
        'run.file-missing',
        `The file of run ${runId} is gone: ${path}.`,
        'Import or record the run again.',
      );
    }
    return readLargeFile(path);
  }

  /** Removes a file; where there is none, nothing happens. */
  remove(name: string): void {
    rmSync(join(this.#folder, name), { force: true });
  }

  /**
   * Removes what killed processes left behind: files of no run, and half-written ones that nobody writes any more. To be
   * called in a transaction that writes: only so is nobody between putting a file into its place and storing its row.
   *
   * @param isKept whether the row of a run names its file
   */
  sweep(isKept: (runId: string) => boolean): void {
    if (!existsSync(this.#folder)) return;
    const before = Date.now() - STALE_MILLISECONDS;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const stray = name.endsWith(SUFFIX) && !isKept(name.slice(0, -SUFFIX.length));
      try {
        if (stray || (name.endsWith('.part') && isOlder(path, before)))
          rmSync(path, { force: true });
      } catch {
        // A folder of that name, or a file that another program holds: the others can go.
      }
    }
  }
}

/** @param before Unix milliseconds */
function isOlder(path: string, before: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs < before;
}
