import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledCli, bundleCli } from './bundle.ts';
import { screenAfter } from './screen.ts';
import { HAS_PTY, onTerminal } from './terminal.ts';

let cli: BundledCli;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(() => rmSync(cli.folder, { recursive: true }));

const home = () => ['--home', join(cli.folder, 'home')];
const run = (args: readonly string[], nodeArgs: readonly string[] = []) =>
  execa(process.execPath, [...nodeArgs, cli.script, ...args, ...home()], { reject: false });

describe('the process', () => {
  it('keeps stdout for results', async () => {
    const { exitCode, stdout, stderr } = await run(['ingest', 'talk.mp3']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Two people talk\n/);
    expect(stderr).toContain('Decode: done');
  });

  it('knows the version of its package', async () => {
    expect((await run(['--version'])).stdout).toBe('9.8.7');
  });

  it('writes all of a large result to a slow pipe', async () => {
    const command = `"${process.execPath}" "${cli.script}" ingest large --json --home x | (sleep 1; cat)`;
    const { stdout } = await execa(command, { shell: true });
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(last['type']).toBe('result');
    expect(stdout.length).toBeGreaterThan(2_000_000);
  });

  it('is quiet when the reader of its output goes away', async () => {
    const command = `"${process.execPath}" "${cli.script}" ingest large --home x | head -c 10`;
    const { stdout, stderr } = await execa(command, { shell: true });
    expect(stdout).toBe('Two people');
    expect(stderr).not.toMatch(/EPIPE|Error/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is cancelled by %s', async (signal) => {
    const child = start(['ingest', 'endless', '--json']);
    await said(child, '"running"');
    child.kill(signal);
    const { code, stdout, stderr } = await ended(child);
    expect(code).toBe(130);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '{"type":"cancelled","id":null,"source":"endless"}',
    );
    expect(stderr).toContain('can be resumed');
  });

  it('ends at once at the second signal', async () => {
    const child = start(['ingest', 'deaf', '--json']);
    await said(child, '"started"');
    child.kill('SIGINT');
    await sleep(300);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect((await ended(child)).code).toBe(130);
  });
});

describe('an old Node', () => {
  const oldNode = () => {
    const file = join(cli.folder, 'oldNode.cjs');
    writeFileSync(
      file,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0', napi: '9' } });`,
    );
    return ['--require', file];
  };
  const brought = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

  it.runIf(brought)('hands over to the Node of the package, exit code and all', async () => {
    const { exitCode, stdout } = await run(['list'], oldNode());
    expect(stdout).toContain('会議 about 👂 ears');
    expect(exitCode).toBe(0);
    expect((await run(['show', 'nope'], oldNode())).exitCode).toBe(4);
  });

  it.runIf(brought)('passes signals on, and takes the child with it when killed', async () => {
    const child = start(['ingest', 'endless', '--json'], oldNode());
    await said(child, '"running"');
    child.kill('SIGINT');
    expect((await ended(child)).code).toBe(130);

    const killed = start(['ingest', 'deaf', '--json'], oldNode());
    await said(killed, '"started"');
    killed.kill('SIGKILL');
    // Its streams close only when the child, which holds them too, is gone.
    await ended(killed);
  });

  it('says what is wrong where there is no other', async () => {
    const { exitCode, stderr } = await execa(process.execPath, [...oldNode(), cli.script, 'list'], {
      reject: false,
      env: { EARSHOT_OWN_NODE: '1' },
    });
    expect(exitCode).toBe(70);
    expect(stderr).toMatch(
      /^✗ Earshot needs Node 22\.14 .* this is Node 20\.1\.0\.\n {2}→ Install/,
    );
  });
});

describe.skipIf(!HAS_PTY)('a terminal', () => {
  const argv = (...args: string[]) => [process.execPath, cli.script, ...args, ...home()];

  it.each([100, 60, 40])('of %d columns shows bars by stage and is left clean', async (columns) => {
    const { output, code } = await onTerminal(argv('ingest', 'staged'), { columns });
    expect(code).toBe(0);
    expect(output).toMatch(/\d0 %/);
    const screen = screenAfter(output, columns);
    const at = screen.findIndex((line) => line.startsWith('Staged 会議 (s)'));
    const bars = screen.slice(at + 1, at + 5);
    expect(bars.map((line) => line.slice(0, 8))).toEqual([
      '  All   ',
      '✓ Downlo',
      '✓ Decode',
      '✓ Recogn',
    ]);
    for (const bar of bars) expect(bar).toMatch(/█{4,} 100 %/);
    if (columns >= 100) expect(bars[3]).toMatch(/ 100 % {2}0\.\d s {2}42× real time$/);
    expect(screen.filter((line) => line.includes('Recogn'))).toHaveLength(1);
    expect(output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(output.lastIndexOf('\u001b[?25l'));
    expect(output.lastIndexOf('\u001b[?7h')).toBeGreaterThan(output.lastIndexOf('\u001b[?7l'));
    expect(screen.join('\n')).toContain('Speaker 1: Good morning');
  });

  it('has no bars with --quiet', async () => {
    const options = { columns: 80 };
    const { output } = await onTerminal(argv('ingest', 'staged', '--quiet'), options);
    expect(output).not.toContain('█');
  });

  it('asks, and takes Ctrl-C for an answer', async () => {
    const options = { columns: 80, waitFor: ['[y/N]'] };
    const yes = await onTerminal(argv('ingest', 'ask'), { ...options, keys: ['y\r'] });
    expect(yes.code).toBe(0);
    const removed = await onTerminal(argv('remove', 'v1'), { ...options, keys: ['n\r'] });
    expect(removed.output).toContain('Nothing was removed.');
    const stopped = await onTerminal(argv('remove', 'v1'), { ...options, keys: ['\u0003'] });
    expect(stopped.code).toBe(130);
  });

  it('gets its cursor back when cancelled, and when cancelled twice', async () => {
    const once = { columns: 80, waitFor: ['Decode'], keys: ['\u0003'] };
    const cancelled = await onTerminal(argv('ingest', 'endless'), once);
    expect(cancelled.code).toBe(130);
    expect(cancelled.output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      cancelled.output.lastIndexOf('\u001b[?25l'),
    );
    const twice = { columns: 80, waitFor: ['All', 'at once'], keys: ['\u0003', '\u0003'] };
    const stopped = await onTerminal(argv('ingest', 'deaf'), twice);
    expect(stopped.code).toBe(130);
    expect(stopped.output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      stopped.output.lastIndexOf('\u001b[?25l'),
    );
  });
});

function start(args: readonly string[], nodeArgs: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...nodeArgs, cli.script, ...args, ...home()], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const outputs = new WeakMap<ChildProcess, { stdout: string; stderr: string }>();

function outputOf(child: ChildProcess): { stdout: string; stderr: string } {
  const known = outputs.get(child);
  if (known !== undefined) return known;
  const output = { stdout: '', stderr: '' };
  outputs.set(child, output);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return output;
}

async function said(child: ChildProcess, text: string): Promise<void> {
  const output = outputOf(child);
  while (!output.stdout.includes(text)) await sleep(10);
}

function ended(
  child: ChildProcess,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const output = outputOf(child);
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
}
