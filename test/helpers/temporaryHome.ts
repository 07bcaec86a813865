import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for a test, removed with everything in it when the test's scope ends. */
export function temporaryHome(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'earshot-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
