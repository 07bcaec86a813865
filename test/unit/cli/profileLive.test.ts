import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { consolidateLiveRun, liveClaim } from '../../../src/runs/liveRun.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { aRequest, aSpan } from '../profiler/importers/otlp/otlpRequests.ts';
import { madeRun } from '../profiler/verdict/madeRuns.ts';
import { FakeIo } from './fakeIo.ts';

let home: ReturnType<typeof temporaryHome>;
let library: Library;

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(homeLayout(home.path).library);
  library.profiles.put({ ...madeRun({ stages: { parse: 1 } }), id: 'done' }, 'job');
  library.livePieces.begin({
    id: 'live',
    name: 'job',
    series: 'job',
    startedAt: '2026-11-23T00:00:00Z',
  });
  append(0, 1);
});
afterEach(() => {
  library.claims.release(liveClaim('live'));
  library.close();
  home[Symbol.dispose]();
});

function append(ordinal: number, span: number): void {
  const body = Buffer.from(aRequest([aSpan(span)]));
  const piece = { signal: 'traces', contentType: 'application/json', receivedAt: 1, body };
  library.livePieces.append('live', ordinal, [piece]);
}

async function call(io: FakeIo, ...args: string[]): Promise<FakeIo & { code: number }> {
  const code = await main(['--home', home.path, 'profile', ...args], io, () => {
    throw new Error('The pipeline is not needed.');
  });
  return Object.assign(io, { code });
}

describe('a run that is being received', () => {
  beforeEach(() => {
    library.claims.take(liveClaim('live'));
  });

  it('is not removed, so that nothing of what comes is lost', async () => {
    const io = await call(new FakeIo(), 'remove', 'live', '--yes', '--json');
    expect(io.code).toBe(1);
    expect(io.stdout.records.at(-1)).toMatchObject({ error: { code: 'run.being-received' } });
    append(1, 2);
    const run = await consolidateLiveRun(library, library.profiles.find('live'), {
      status: 'done',
    });
    expect(run?.spans.startNs).toHaveLength(2);
    library.claims.release(liveClaim('live'));
    expect((await call(new FakeIo(), 'remove', 'live', '--yes')).code).toBe(0);
    expect(library.profiles.exact('live')).toBeUndefined();
  });

  it('is not removed by a person either, who is not asked in vain', async () => {
    const io = await call(new FakeIo().onTerminal(), 'remove', 'live');
    expect(io.code).toBe(1);
    expect(io.questions).toEqual([]);
    expect(io.stderr.text).toContain('End its listener first');
  });

  it('is left out of its history, which says so', async () => {
    const io = await call(new FakeIo(), 'history', 'job', '--json', '--limit', '1');
    expect(io.code).toBe(0);
    expect(io.stdout.records).toMatchObject([{ running: 1, points: [{ runId: 'done' }] }]);
    expect((await call(new FakeIo(), 'history', 'job')).stderr.text).toContain(
      '1 run that has not ended is left out.',
    );
    library.profiles.remove('done');
    const alone = await call(new FakeIo(), 'history', 'job');
    expect([alone.code, alone.stdout.text]).toEqual([0, '']);
    expect(alone.stderr.text).toContain('1 run that has not ended is left out.');
  });

  it('is compared as far as it has arrived', async () => {
    const io = await call(new FakeIo(), 'compare', 'done', 'last', '--json');
    expect(io.code).toBe(0);
    expect(io.stdout.records.at(-1)).toMatchObject({ a: ['done'], b: ['live'] });
    expect(library.profiles.find('live').status).toBe('running');
  });

  it('is listed as running, with the size of what has arrived', async () => {
    const io = await call(new FakeIo(), 'list', '--json');
    const { bytes } = library.livePieces.size('live');
    expect(io.stdout.records[0]).toMatchObject({ id: 'live', status: 'running', bytes });
  });
});

describe('a run whose listener was killed', () => {
  it('is listed as interrupted', async () => {
    const io = await call(new FakeIo(), 'list', '--json');
    expect(io.stdout.records.slice(0, 2)).toMatchObject([
      { id: 'live', status: 'interrupted' },
      { id: 'done', status: 'done' },
    ]);
  });

  it('is removed with what had arrived', async () => {
    expect((await call(new FakeIo(), 'remove', 'live', '--yes')).code).toBe(0);
    expect(library.profiles.exact('live')).toBeUndefined();
    expect(library.livePieces.size('live').pieces).toBe(0);
    expect(library.claims.live()).toEqual(new Set());
  });

  it('is compared when it is stored for good', async () => {
    expect((await call(new FakeIo(), 'compare', 'done', 'live')).code).toBe(0);
    expect(library.profiles.find('live').status).toBe('cancelled');
  });
});
