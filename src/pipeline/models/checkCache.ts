import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What identifies a file's content without reading it; a changed byte changes the time of modification. */
export interface FileIdentity {
  readonly bytes: number;
  readonly modifiedNs: string;
  readonly inode: string;
}

const Checks = z.record(
  z.string(),
  z.object({ bytes: z.number(), modifiedNs: z.string(), inode: z.string(), sha256: z.string() }),
);

/**
 * Remembers the sha256 of files by path, size, time of modification and inode, so that starting does not hash all models
 * each time. Losing the file costs one hashing; a file that cannot be written is no error.
 */
export class CheckCache {
  readonly #file: string;
  #checks: z.infer<typeof Checks> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The hash of a file that has not changed since it was remembered. */
  get(path: string, identity: FileIdentity): string | undefined {
    const known = this.#all()[path];
    if (known === undefined) return undefined;
    const same =
      known.bytes === identity.bytes &&
      known.modifiedNs === identity.modifiedNs &&
      known.inode === identity.inode;
    return same ? known.sha256 : undefined;
  }

  set(path: string, identity: FileIdentity, sha256: string): void {
    // Read again first: another process may have added to the file meanwhile.
    this.#checks = undefined;
    const checks = { ...this.#all(), [path]: { ...identity, sha256 } };
    this.#checks = checks;
    const partial = `${this.#file}.${String(process.pid)}`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(partial, JSON.stringify(checks));
      renameSync(partial, this.#file);
    } catch {
      // A read-only or full disk: the next start hashes again.
    }
  }

  #all(): z.infer<typeof Checks> {
    this.#checks ??= this.#read();
    return this.#checks;
  }

  #read(): z.infer<typeof Checks> {
    try {
      return Checks.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return {};
    }
  }
}
