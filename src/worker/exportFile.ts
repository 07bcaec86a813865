import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes the pieces of an export to a file, one after the other, and gives its size. */
export async function exportFile(
  pieces: Iterable<string | Uint8Array>,
  path: string,
): Promise<number> {
  const file = createWriteStream(path);
  await pipeline(Readable.from(pieces), file);
  return file.bytesWritten;
}
