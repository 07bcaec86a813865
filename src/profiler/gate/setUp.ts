import { spawn } from 'node:child_process';
import { ProfilerError } from '../model/profilerError.ts';
import { withoutRepositoryVariables } from './repositoryVariables.ts';

const KEPT_BYTES = 64 * 1024;
const LAST_LINES = 12;

/**
 * Prepares a checked-out commit with a command line of the person's: `npm ci && npm run build`. It goes to a shell, as
 * it is theirs and is meant for one. Variables of a git hook are kept from it, as its git would change another index.
 *
 * @throws ProfilerError `gate.command-failed` with its last lines; AbortError.
 */
export function setUp(
  commandLine: string,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(commandLine, {
      cwd: folder,
      env: { ...withoutRepositoryVariables(env), PWD: folder },
      shell: true,
      windowsHide: true,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let tail = '';
    const keep = (chunk: Buffer): void => {
      tail = (tail + chunk.toString('utf8')).slice(-KEPT_BYTES);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const stop = (): void => {
      if (process.platform === 'win32' || child.pid === undefined) child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    };
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve();
      else {
        const lines = tail.trimEnd().split('\n').slice(-LAST_LINES);
        const said = lines.map((line) => `  ${line}`).join('\n');
        const message = `The set-up “${commandLine}” failed with exit code ${code}. It said:\n${said}`;
        reject(new ProfilerError('gate.command-failed', message));
      }
    });
  });
}
