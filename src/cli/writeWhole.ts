import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { EarshotError } from '../pipeline/earshotError.ts';

/**
 * Writes a file beside its place first, so that a failure leaves no half of it.
 *
 * @throws EarshotError `output.unwritable`; a full disk passes as it is
 */
export function writeWhole(file: string, pieces: Iterable<string | Uint8Array>): void {
  const partial = `${file}.part`;
  try {
    const descriptor = openSync(partial, 'w');
    try {
      for (const piece of pieces) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      }
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof EarshotError || code === undefined || code === 'ENOSPC') throw error;
    throw new EarshotError(
      'output.unwritable',
      `${file} cannot be written (${code}).`,
      'Name a file in a folder that exists and is yours.',
      { cause: error },
    );
  }
}
