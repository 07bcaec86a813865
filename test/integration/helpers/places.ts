import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** The package under test: this checkout, or a folder with `dist`, `models` and `node_modules` that a variable names. */
export const PACKAGE = process.env['EARSHOT_TEST_PACKAGE'] ?? ROOT;

/** The built command line. @throws when it has not been built */
export function builtCli(packageFolder = PACKAGE): string {
  for (const name of ['cli.cjs', 'inference.cjs']) {
    const file = join(packageFolder, 'dist', name);
    if (!existsSync(file)) {
      throw new Error(`${file} is not there; these tests run the built program: npm run build`);
    }
  }
  return join(packageFolder, 'dist', 'cli.cjs');
}

/** A file of the speech fixtures. */
export function speech(name: string): string {
  return join(ROOT, 'test/fixtures/speech', name);
}

/** An empty folder, removed with everything in it at the end. */
export interface Folder {
  readonly path: string;
  [Symbol.dispose](): void;
}

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'earshot-fault-'));
  return {
    path,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
