import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A pipe for the output of a program. */
export interface OutputPipe {
  /** To be given to the program, then closed here. */
  readonly writeFd: number;
  /** What the program writes; call it once. */
  read(): Readable;
  close(): void;
}

/**
 * Two pipes of the system, for stdout and stderr; null where they cannot be had.
 *
 * Node's own are sockets on Unix, which a program can tell: `echo … > /dev/stderr` fails on them, and writing to a reader
 * that has gone away is another error. A program that is to run unchanged gets what a shell would give it.
 */
export function outputPipes(): readonly [OutputPipe, OutputPipe] | null {
  if (process.platform === 'win32') return null;
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'earshot-'));
    const names = [join(folder, 'out'), join(folder, 'err')] as const;
    execFileSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    return [open(names[0]), open(names[1])];
  } catch {
    return null;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function open(path: string): OutputPipe {
  // The reader first and without waiting, as each end of a named pipe waits for the other.
  const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeFd = openSync(path, constants.O_WRONLY);
  return {
    writeFd,
    read: () => {
      closeSync(writeFd);
      return new Socket({ fd: readFd, readable: true, writable: false });
    },
    close: () => {
      closeSync(writeFd);
      closeSync(readFd);
    },
  };
}
