import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/pipeline/media/runProgram.ts';
import { temporaryFolder } from './fixtures.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const shell = (script: string, ...args: string[]) => [['-c', script, 'test', ...args]] as const;

describe('running a program', () => {
  test('gives exit code, both streams and the lines as they come', async () => {
    const lines: string[] = [];
    const result = await runProgram(
      '/bin/sh',
      ...shell('echo one; printf "two\\rthree"; echo bad >&2; exit 3'),
      {
        onStdoutLine: (line) => lines.push(line),
      },
    );
    expect(result).toEqual({
      exitCode: 3,
      stdout: 'one\ntwo\rthree',
      stderr: 'bad\n',
      timedOut: false,
    });
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  test('keeps only the end of an endless stream', async () => {
    const { stdout } = await runProgram(
      '/bin/sh',
      ...shell('head -c 3000000 /dev/zero; echo end'),
      {
        maxKeptBytes: 100_000,
      },
    );
    expect(stdout.length).toBeLessThan(300_000);
    expect(stdout.endsWith('end\n')).toBe(true);
  });

  test('does not wait for, nor leave, a descendant that holds its output open', async () => {
    const pidFile = path.join(folder.path, 'pid');
    const script = 'sleep 1000 & echo $! > "$1"; echo done';
    const { stdout } = await runProgram('/bin/sh', ...shell(script, pidFile));
    expect(stdout).toBe('done\n');
    await expect.poll(() => isRunning(pidFile)).toBe(false);
  });

  test.each([
    ['cancelled', { code: 'cancelled' }],
    ['failing in a line handler', { message: 'no more' }],
  ])('ends the whole tree when it is %s', async (how, error) => {
    const pidFile = path.join(folder.path, 'pid');
    const controller = new AbortController();
    const run = runProgram(
      '/bin/sh',
      ...shell('sleep 1000 & echo $! > "$1"; echo ready; wait', pidFile),
      {
        signal: controller.signal,
        onStdoutLine: () => {
          if (how !== 'cancelled') throw new Error('no more');
          controller.abort();
        },
      },
    );
    await expect(run).rejects.toMatchObject(error);
    await expect.poll(() => isRunning(pidFile)).toBe(false);
  });

  test('ends it after the time limit', async () => {
    const result = await runProgram('/bin/sh', ...shell('sleep 1000'), { timeoutMilliseconds: 50 });
    expect(result).toMatchObject({ exitCode: null, timedOut: true });
  });

  test('passes on why a program cannot be started', async () => {
    await expect(runProgram('/nowhere/at-all', [])).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

/** Whether the process whose id the file holds still runs; one that is only waited for does not. */
async function isRunning(pidFile: string): Promise<boolean> {
  const pid = (await readFile(pidFile, 'utf8')).trim();
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return status !== null && !/^\d+ \(.*\) [ZX]/.test(status);
}
