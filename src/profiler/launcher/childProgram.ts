import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { ProfilerError } from '../model/profilerError.ts';
import type { LaunchRequest } from './launch.ts';
import { outputPipes } from './outputPipe.ts';

/** How a program ended. */
export interface ProgramEnd {
  /** As a shell gives it: 128 + n for signal n. */
  readonly exitCode: number;
  readonly signal: NodeJS.Signals | null;
}

/** A program that was started. */
export interface ChildProgram {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Whether it leads a session and process group of its own, which all its children begin in. */
  readonly ownGroup: boolean;
  /** Null where it writes to the terminal itself. */
  readonly output: { readonly stdout: Readable; readonly stderr: Readable } | null;
  /** When it has ended; its output may still be on its way. */
  readonly ended: Promise<ProgramEnd>;
}

/**
 * Starts a program without a shell.
 *
 * Behind a terminal it stays in our process group: only so it may read from the terminal, and Ctrl-C reaches it there,
 * once. Elsewhere it leads a session of its own, so that all it starts can be found and ended with it.
 *
 * @throws ProfilerError `launch.not-found` where there is no such program or folder, `launch.not-startable` for the rest.
 */
export async function startProgram(
  request: Pick<LaunchRequest, 'command' | 'cwd' | 'stdin' | 'ownTerminal'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ChildProgram> {
  const [program, ...args] = request.command;
  const ownGroup = process.platform !== 'win32' && !behindTerminal();
  const ownTerminal = request.ownTerminal === true;
  const pipes = ownTerminal ? null : outputPipes();
  const output = ownTerminal ? 'inherit' : 'pipe';
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      cwd: request.cwd,
      env,
      stdio: [request.stdin, pipes?.[0].writeFd ?? output, pipes?.[1].writeFd ?? output],
      detached: ownGroup,
      shell: false,
      windowsHide: true,
    });
    await started(child);
  } catch (error) {
    pipes?.forEach((pipe) => pipe.close());
    throw notStarted(program, request.cwd, error);
  }
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ exitCode: exitCodeOf(code, signal), signal }));
  });
  // What comes later is about signals that could not be delivered: the end of the program tells all there is to tell.
  child.on('error', () => undefined);
  const stdout = pipes?.[0].read() ?? child.stdout;
  const stderr = pipes?.[1].read() ?? child.stderr;
  const readable = stdout === null || stderr === null ? null : { stdout, stderr };
  return { pid: child.pid ?? 0, process: child, ownGroup, output: readable, ended };
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

/** Whether a terminal sends its signals to our process group. */
export function behindTerminal(): boolean {
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
}

function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 1) : 128 + constants.signals[signal];
}

function notStarted(program: string, cwd: string, error: unknown): ProfilerError {
  const { code, message } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const what = existsSync(cwd)
      ? `There is no program “${program}”.`
      : `There is no folder “${cwd}” to run in.`;
    return new ProfilerError('launch.not-found', what, options);
  }
  const why =
    code === 'EACCES'
      ? 'it is not executable'
      : code === 'ENOEXEC'
        ? 'the system does not know its format'
        : message;
  return new ProfilerError('launch.not-startable', `“${program}” does not start: ${why}.`, options);
}
