import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkNodeApi } from '../../../src/extension/workerClient/nodeApi.ts';
import { forkWorker } from '../../../src/extension/workerClient/workerProcess.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-fork-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('carries messages and output, and ends the children of a worker that is killed', async () => {
  const script = join(folder, 'worker.cjs');
  writeFileSync(
    script,
    `const { spawn } = require('node:child_process');
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
     console.error('a line on stderr');
     process.on('message', () => process.send({ child: child.pid }));`,
  );
  const lines: string[] = [];
  const worker = forkWorker(script, (line) => lines.push(line));
  const answer = new Promise<{ child: number }>((resolve) =>
    worker.transport.onMessage((message) => resolve(message as { child: number })),
  );
  const exit = new Promise<string>((resolve) => worker.onExit(resolve));
  const closed = new Promise<void>((resolve) => worker.transport.onClose(resolve));
  worker.transport.send('hello');
  const { child } = await answer;
  expect(alive(child)).toBe(true);
  await vi.waitFor(() => expect(lines).toContain('a line on stderr'));
  process.kill(worker.pid!, 'SIGKILL');
  expect(await exit).toBe('SIGKILL');
  await closed;
  await vi.waitFor(() => expect(alive(child)).toBe(false), { timeout: 5000 });
  expect(() => worker.transport.send('nobody is there')).not.toThrow();
});

it('names the Node-API that is missing', () => {
  const versions = process.versions;
  expect(() => checkNodeApi(versions)).not.toThrow();
  expect(() => checkNodeApi({ ...versions, node: '20.18.1', napi: '9' })).toThrow(
    'Earshot needs Node-API 10, but this editor runs Node 20.18.1 with Node-API 9.',
  );
});
