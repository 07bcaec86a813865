import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what a benchmark makes; removed at the end of the scope unless it is kept. */
export function temporaryFolder(keep: boolean) {
  const path = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  return {
    path,
    /** An empty folder in it. */
    sub: (name: string): string => {
      const folder = join(path, name);
      mkdirSync(folder);
      return folder;
    },
    [Symbol.dispose]: () => {
      if (keep) console.error(`Kept: ${path}`);
      else rmSync(path, { recursive: true, force: true });
    },
  };
}
