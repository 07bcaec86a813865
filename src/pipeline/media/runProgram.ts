import { CancelledError } from '../earshotError.ts';
import { killProcessTree, spawnTree } from './processTree.ts';

/** How a program ended, with what it wrote. `exitCode` is null when a signal ended it. */
export type ProgramResult = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
};

export type RunProgramOptions = {
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMilliseconds?: number;
  /** Called for every full line of standard output, as it comes. */
  readonly onStdoutLine?: (line: string) => void;
  /** Bytes kept of each stream; older ones go first. 64 MiB holds the listing of any playlist. */
  readonly maxKeptBytes?: number;
  readonly input?: string;
};

/**
 * Runs a program to its end without a shell and never leaves a descendant of it behind.
 *
 * A non-zero exit is a result, not an error.
 *
 * @throws CancelledError when the signal fires; the system's own error (ENOENT, EACCES) when the
 *   program cannot be started
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<ProgramResult> {
  const { signal } = options;
  if (signal?.aborted) throw new CancelledError();
  const child = spawnTree(command, args, options.environment);
  const limit = options.maxKeptBytes ?? 64 * 1024 * 1024;
  const stdout = new TailBuffer(limit);
  const stderr = new TailBuffer(limit);
  // Only where somebody listens: a listing is one line of megabytes, which would be searched again with each piece.
  const lines = options.onStdoutLine && new LineSplitter(options.onStdoutLine);
  let timedOut = false;
  const lineFailures: Error[] = [];
  const kill = () => killProcessTree(child);
  const timer =
    options.timeoutMilliseconds === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          kill();
        }, options.timeoutMilliseconds);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      try {
        lines?.push(chunk);
      } catch (error) {
        lineFailures.push(error instanceof Error ? error : new Error(String(error)));
        kill();
      }
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // EPIPE: the program ended without reading its input, which its exit code tells better.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      // A descendant that outlives the program would hold its pipes open and `close` back.
      child.once('exit', kill);
      child.once('close', resolve);
    });
    if (lineFailures[0]) throw lineFailures[0];
    if (signal?.aborted) throw new CancelledError();
    lines?.end();
    return { exitCode, stdout: stdout.text(), stderr: stderr.text(), timedOut };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

class TailBuffer {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes > this.#limit && this.#chunks.length > 1) {
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
    }
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const parts = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split(/[\r\n]+/);
    this.#rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') this.#onLine(part);
  }

  end(): void {
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }
}
