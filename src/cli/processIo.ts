import { createInterface } from 'node:readline/promises';
import type { CliIo } from './io.ts';

/** The process itself as the surroundings of the command line. */
export function processIo(version: string): CliIo {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ignoreClosedPipe);
  }
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    version,
    now: () => performance.now(),
    defaultHome: async () => {
      const { defaultHome } = await import('../pipeline/home.ts');
      return defaultHome(process.env, process.platform);
    },
    ask,
    onSignal: (signal, listener) => {
      process.on(signal, listener);
      return () => process.off(signal, listener);
    },
    exit: (code) => process.exit(code),
  };
}

/** A reader that went away (`| head`), or a terminal that was closed, is no failure of ours. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While a question stands, the terminal is raw and Ctrl-C comes as a key, not as a signal.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = terminal.question(`${question} [y/N] `, { signal });
    return /^\s*y(?:es)?\s*$/i.test(await Promise.race([answer, closed]));
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}
