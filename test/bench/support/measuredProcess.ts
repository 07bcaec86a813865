import { spawn } from 'node:child_process';
import { endedChildrenCpuSeconds, type TreePeak, TreeSampler } from './treeSampler.ts';

/** A program that ran to its end, and what it took, from outside: start and all its processes included. */
export interface MeasuredRun {
  readonly stdout: string;
  readonly wallSeconds: number;
  /** Of the program and everything it started; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  readonly peak: TreePeak;
}

export interface MeasuredOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/**
 * Runs a program to its end and measures it. One at a time: the processor time of all children is told as one sum.
 *
 * @throws when it ends with anything but 0
 */
export async function measure(
  program: string,
  args: readonly string[],
  { env, cwd }: MeasuredOptions = {},
): Promise<MeasuredRun> {
  const cpuBefore = endedChildrenCpuSeconds();
  const started = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const sampler = child.pid === undefined ? null : new TreeSampler(child.pid);
  const ended = await new Promise<{ how: string; at: number }>((resolve, reject) => {
    let at = 0;
    child.once('error', reject);
    child.once('exit', () => (at = performance.now()));
    child.once('close', (code, signal) => resolve({ how: signal ?? String(code), at }));
  }).finally(() => sampler?.stop());
  if (ended.how !== '0') {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${ended.how}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`,
    );
  }
  const cpuAfter = endedChildrenCpuSeconds();
  return {
    stdout,
    wallSeconds: (ended.at - started) / 1000,
    cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    peak: (sampler ?? new TreeSampler(process.pid)).stop(),
  };
}
