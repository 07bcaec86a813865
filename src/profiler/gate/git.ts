import { spawn } from 'node:child_process';
import { ProfilerError } from '../model/profilerError.ts';
import { withoutRepositoryVariables } from './repositoryVariables.ts';

/** Where and how git is run. */
export interface GitOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

const MOST_OUTPUT_BYTES = 64 * 2 ** 20;

/** Runs no hooks of the person, shows nothing but what is asked for, and says what it says in English. */
const ARGUMENTS = [
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'advice.detachedHead=false'],
  ...['-c', 'log.showSignature=false'],
];

/** It asks nothing, and leaves the index of the person alone where it only reads. */
const VARIABLES = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };

/** How a call of git ended. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs git without a shell to its end, whatever its exit code.
 *
 * @throws ProfilerError `git.missing`; AbortError.
 */
export function tryGit(args: readonly string[], { cwd, signal }: GitOptions): Promise<GitResult> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...ARGUMENTS, ...args], {
      cwd,
      env: { ...withoutRepositoryVariables(process.env), ...VARIABLES },
      shell: false,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let bytes = 0;
    const keep = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_OUTPUT_BYTES) into.push(chunk);
      else child.kill();
    };
    child.stdout.on('data', keep(stdout));
    child.stderr.on('data', keep(stderr));
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      const message = 'git was not found.';
      reject(missing ? new ProfilerError('git.missing', message, { cause: error }) : error);
    });
    child.on('close', (code) => {
      const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString('utf8');
      resolve({ exitCode: code ?? 1, stdout: text(stdout), stderr: text(stderr) });
    });
  });
}

/**
 * The standard output of git.
 *
 * @throws ProfilerError `git.failed` with what git said, `git.missing`; AbortError.
 */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await tryGit(args, options);
  if (exitCode === 0) return stdout;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  throw new ProfilerError('git.failed', `git ${args[0] ?? ''}: ${said || `exit code ${exitCode}`}`);
}
