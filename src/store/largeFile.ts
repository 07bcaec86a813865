import {
  closeSync,
  fsyncSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/** The system takes and gives at most 2 GiB at once. */
const PIECE_BYTES = 256 * 2 ** 20;

/** Writes a file beside its place first, so that a failure leaves no half of it. */
export function writeLargeFile(path: string, bytes: Uint8Array): void {
  const partial = `${path}.part`;
  try {
    const descriptor = openSync(partial, 'w', 0o600);
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(descriptor, bytes, done, Math.min(PIECE_BYTES, bytes.length - done));
      }
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** All of a file, of whatever size fits into memory. */
export function readLargeFile(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(fstatSync(descriptor).size);
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(
        descriptor,
        bytes,
        done,
        Math.min(PIECE_BYTES, bytes.length - done),
        done,
      );
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(descriptor);
  }
}
