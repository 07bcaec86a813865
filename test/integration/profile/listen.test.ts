import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openLibraryAt } from '../../../src/store/library.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import type { Run } from '../../../src/profiler/model/run.ts';
import { aRequest, aSpan } from '../../unit/profiler/importers/otlp/otlpRequests.ts';
import type { SentTruth } from '../../unit/profiler/receiver/recordedRequests.ts';
import { expectSent } from '../../unit/profiler/receiver/sentTruth.ts';
import { type Folder, temporaryFolder } from '../helpers/places.ts';
import { type Ended, jsonLines, RunningCli, runCli } from '../helpers/realCli.ts';

const PROGRAMS = join(import.meta.dirname, '../../fixtures/programs/otlp');

interface Listening {
  readonly type: 'listening';
  readonly url: string;
  readonly port: number;
  readonly runId: string;
}

let folder: Folder;
let home: string;
const running: RunningCli[] = [];
beforeAll(() => {
  folder = temporaryFolder();
  home = join(folder.path, 'home');
});
afterEach(() => {
  for (const cli of running.splice(0)) if (cli.running) cli.kill('SIGKILL');
});
afterAll(() => folder[Symbol.dispose]());

async function listen(...args: string[]): Promise<{ cli: RunningCli; at: Listening }> {
  const cli = new RunningCli(['profile', 'listen', '--json', '--port', '0', ...args], { home });
  running.push(cli);
  await cli.said('"listening"');
  return { cli, at: JSON.parse(cli.lines[0]!.text) as Listening };
}

async function send({ url }: Listening, ...spans: object[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers,
    body: aRequest(spans),
  });
  expect([answer.status, await answer.text()]).toEqual([200, '{}']);
}

function resultOf(ended: Ended, code = 0): Record<string, unknown> {
  expect(ended).toMatchObject({ code });
  return jsonLines(ended.stdout).at(-1) as Record<string, unknown>;
}

function stored(runId: string): { run: Run; pieces: number } {
  const library = openLibraryAt(homeLayout(home).library);
  try {
    return { run: library.profiles.load(runId), pieces: library.livePieces.size(runId).pieces };
  } finally {
    library.close();
  }
}

describe('a real program', () => {
  let python: string;
  let node: string;
  beforeAll(() => {
    python = join(folder.path, 'python');
    const requirements = join(PROGRAMS, 'python/requirements.txt');
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--require-hashes',
      '--target',
      python,
    ];
    execFileSync('python3', [...pip, '-r', requirements], { stdio: 'inherit' });
    node = join(folder.path, 'node');
    cpSync(join(PROGRAMS, 'node'), node, { recursive: true });
    execFileSync('npm', ['ci', '--ignore-scripts', '--silent', '--no-audit', '--no-fund'], {
      cwd: node,
      stdio: 'inherit',
    });
  });

  it.each([
    ['of Python, as protobuf', 'python', 'http/protobuf', 'otlp-protobuf'],
    ['of Node, as protobuf', 'node', 'http/protobuf', 'otlp-protobuf'],
    ['of Node, as JSON', 'node', 'http/json', 'otlp-json'],
  ])('%s, is received as it says it sent', async (_what, language, protocol, format) => {
    const { cli, at } = await listen('--name', language);
    const command: [string, string] =
      language === 'python'
        ? ['python3', join(PROGRAMS, 'python/program.py')]
        : [process.execPath, join(node, 'program.mjs')];
    const program = await execa(command[0], [command[1]], {
      env: {
        PYTHONPATH: python,
        OTEL_EXPORTER_OTLP_ENDPOINT: at.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      },
    });
    const truth = JSON.parse(program.stdout.trim().split('\n').at(-1)!) as SentTruth;
    cli.kill('SIGINT');
    const result = resultOf(await cli.ended);
    expect(result).toMatchObject({
      type: 'result',
      runId: at.runId,
      format,
      spans: truth.spans,
      maxDepth: truth.depth,
      counters: Object.keys(truth.counters).length,
      logLines: Object.values(truth.logs).reduce((sum, count) => sum + count),
      rejected: 0,
    });
    const { run, pieces } = stored(at.runId);
    expect(pieces).toBe(0);
    expect(run).toMatchObject({ name: language, kind: 'trace', status: 'done' });
    expectSent(run, truth);
  });
});

describe('a run that is being received', () => {
  it('can be looked at, and is the same at the end', async () => {
    const { cli, at } = await listen();
    await send(at, aSpan(2, { parentSpanId: '0000000000000001' }));
    await send(at, aSpan(1));
    const shown = await runCli(['profile', 'show', at.runId, '--json'], { home });
    expect(resultOf(shown)).toMatchObject({
      runId: at.runId,
      status: 'running',
      spans: 2,
      maxDepth: 2,
    });
    await send(at, aSpan(3));
    cli.kill('SIGTERM');
    expect(resultOf(await cli.ended)).toMatchObject({ spans: 3, maxDepth: 2, rejected: 0 });
    const after = await runCli(['profile', 'show', at.runId, '--json'], { home });
    expect(resultOf(after)).toMatchObject({ status: 'done', spans: 3 });
  });

  it('is kept where the listener is killed, and is whole when it is next looked at', async () => {
    const { cli, at } = await listen();
    await send(at, aSpan(1), aSpan(2));
    cli.kill('SIGKILL');
    await cli.ended;
    const shown = await runCli(['profile', 'show', at.runId, '--json'], { home });
    expect(resultOf(shown)).toMatchObject({ status: 'cancelled', spans: 2 });
    const { run, pieces } = stored(at.runId);
    expect(pieces).toBe(0);
    expect(run.error).toBe('The listener was ended before the run was.');
  });

  it('is kept by the next listener too', async () => {
    const first = await listen();
    await send(first.at, aSpan(1));
    first.cli.kill('SIGKILL');
    await first.cli.ended;
    const second = await listen('--for', '50ms');
    await second.cli.ended;
    expect(stored(first.at.runId)).toMatchObject({ pieces: 0, run: { status: 'cancelled' } });
  });

  it('ends by itself: enough spans, or silence', async () => {
    const full = await listen('--max-spans', '2');
    await send(full.at, aSpan(1), aSpan(2));
    expect(resultOf(await full.cli.ended)).toMatchObject({ spans: 2 });
    const silent = await listen('--idle', '200ms');
    await send(silent.at, aSpan(1));
    expect(resultOf(await silent.cli.ended)).toMatchObject({ spans: 1 });
  });

  it('that is empty leaves nothing behind', async () => {
    const { cli, at } = await listen('--for', '50ms');
    expect(resultOf(await cli.ended)).toMatchObject({ spans: 0, runId: null });
    expect(() => stored(at.runId)).toThrow(/There is no run/u);
  });

  it('tells of what was rejected', async () => {
    const { cli, at } = await listen('--max-spans', '1');
    const headers = { 'content-type': 'application/json' };
    const body = aRequest([aSpan(1), aSpan(2, { traceId: 'x' })]);
    const answer = await fetch(`${at.url}/v1/traces`, { method: 'POST', headers, body });
    expect(await answer.text()).toContain('"rejectedSpans":"1"');
    const { rejected, rejections } = resultOf(await cli.ended, 3);
    expect(rejected).toBe(1);
    const reason = 'a span whose trace id is not 32 hexadecimal digits';
    expect(rejections).toEqual([{ file: 'request 1', offset: expect.any(Number), reason }]);
  });
});

describe('a port that is taken', () => {
  it('is an error where it was asked for', async () => {
    const { cli, at } = await listen();
    const second = await runCli(['profile', 'listen', '--json', '--port', String(at.port)], {
      home,
    });
    expect(second.code).toBe(1);
    expect(second.stdout).toContain('"receiver.no-port"');
    cli.kill('SIGINT');
    await cli.ended;
  });
});
