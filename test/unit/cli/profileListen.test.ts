import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { aRequest, aSpan } from '../profiler/importers/otlp/otlpRequests.ts';
import { FakeIo } from './fakeIo.ts';

let home: ReturnType<typeof temporaryHome>;
let io: FakeIo;
let code: Promise<number>;

beforeEach(() => {
  home = temporaryHome();
  io = new FakeIo();
});
afterEach(() => home[Symbol.dispose]());

/** Begins to listen. Gives where. */
async function listen(...args: string[]): Promise<string> {
  const words = ['--home', home.path, 'profile', 'listen', '--port', '0', ...args];
  code = main(words, io, () => {
    throw new Error('The pipeline is not needed.');
  });
  return vi.waitFor(() => {
    const [url] = /http:\/\/[\d.:]+/u.exec(io.stdout.text + io.stderr.text) ?? [];
    if (url === undefined) throw new Error('It does not listen yet.');
    return url;
  });
}

async function send(url: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/v1/traces`, { method: 'POST', headers, body })).status;
}

async function end(): Promise<number> {
  io.send('SIGINT');
  return code;
}

function storedIds(): string[] {
  const library = openLibraryAt(homeLayout(home.path).library);
  const ids = library.profiles.list().map(({ id }) => id);
  library.close();
  return ids;
}

describe('profile listen', () => {
  it('keeps a run of nothing but rejected rows, with their reasons, and is partly done', async () => {
    const url = await listen('--json');
    expect(await send(url, aRequest([aSpan(1, { traceId: 'x' })]))).toBe(200);
    expect(await end()).toBe(3);
    const result = io.stdout.records.at(-1);
    const reason = expect.stringContaining('trace id') as string;
    expect(result).toMatchObject({ spans: 0, rejected: 1, rejections: [{ reason }] });
    expect(storedIds()).toEqual([result?.['runId']]);
  });

  it('tells a person that rows were rejected, and not that nothing arrived', async () => {
    const url = await listen();
    await send(url, aRequest([aSpan(1, { traceId: 'x' }), aSpan(2, { traceId: 'x' })]));
    expect(await end()).toBe(3);
    expect(io.stderr.text).toMatch(/2 rows rejected: .*trace id .*, …/u);
    expect(io.stderr.text).not.toContain('Nothing arrived');
  });

  it('keeps no run of what is no OTLP at all, and says so', async () => {
    const url = await listen('--json');
    expect(await send(url, 'hello')).toBe(400);
    expect(await end()).toBe(3);
    expect(io.stdout.records.at(-1)).toMatchObject({ runId: null, spans: 0, rejected: 1 });
    expect(storedIds()).toEqual([]);
  });

  it('gives no id where nothing arrived', async () => {
    await listen('--json');
    expect(await end()).toBe(0);
    expect(io.stdout.records.at(-1)).toMatchObject({ type: 'result', runId: null, rejected: 0 });
    expect(storedIds()).toEqual([]);
  });

  it('asks for things again that come after the run was taken away, and says so at its end', async () => {
    const url = await listen('--json');
    const library = openLibraryAt(homeLayout(home.path).library);
    library.profiles.remove('last');
    library.close();
    expect(await send(url, aRequest([aSpan(1)]))).toBe(503);
    expect(await end()).toBe(1);
    expect(io.stdout.records.at(-1)).toMatchObject({ error: { code: 'listen.run-gone' } });
  });
});
