import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Whether this code runs from a bundle in `dist/` rather than from the sources. */
const isBundled = basename(here) === 'dist';

/** The file to start as an inference process. */
export function inferenceEntry(): string {
  return isBundled ? join(here, 'inference.cjs') : join(here, 'inference', 'main.ts');
}
