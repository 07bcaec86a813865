import { closeSync, openSync, readSync } from 'node:fs';

/** More than any of the files holds that are read this way. */
const buffer = Buffer.alloc(8192);

/**
 * A small file of /proc that is read again and again: kept open, which is a third of the cost of opening it each time.
 */
export class ProcFile {
  #fd: number | null = null;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Its content now (at most 8 KiB), or null where the process is gone or does not let us. */
  read(): string | null {
    try {
      this.#fd ??= openSync(this.#path, 'r');
      return buffer.toString('latin1', 0, readSync(this.#fd, buffer, 0, buffer.length, 0));
    } catch {
      return null;
    }
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }
}
