import { open } from 'node:fs/promises';

/** Writers that do not know the length yet leave these sizes in the header. */
const UNKNOWN_SIZES = new Set([0, 0x7fffffff, 0xffffffff]);

/**
 * Whether a WAV or AVI file is shorter than its own header declares: ffmpeg reads such a file without
 * a word, as if the missing end had never been.
 */
export async function isShorterThanRiffHeader(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const header = Buffer.alloc(8);
    const { bytesRead } = await handle.read(header, 0, header.length, 0);
    if (bytesRead < header.length || header.toString('latin1', 0, 4) !== 'RIFF') return false;
    const declared = header.readUInt32LE(4);
    if (UNKNOWN_SIZES.has(declared)) return false;
    // The header does not count its own eight bytes, and some writers count a padding byte too much.
    return (await handle.stat()).size + 1 < declared + header.length;
  } finally {
    await handle.close();
  }
}
