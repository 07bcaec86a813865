import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  consolidateLiveRun,
  liveClaim,
  liveRun,
  liveState,
  recoverLiveRuns,
} from '../../../src/runs/liveRun.ts';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import type { ProfileSummary } from '../../../src/store/profiles.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { aRequest, aSpan } from '../profiler/importers/otlp/otlpRequests.ts';

const ID = 'live';

let home: ReturnType<typeof temporaryHome>;
let listener: Library;
let reader: Library;

beforeEach(() => {
  home = temporaryHome();
  const path = join(home.path, 'library.sqlite');
  listener = openLibraryAt(path);
  reader = openLibraryAt(path);
  listener.livePieces.begin({
    id: ID,
    name: 'job',
    series: 'jobs',
    startedAt: '2026-11-23T00:00:00Z',
  });
  const body = Buffer.from(aRequest([aSpan(1), aSpan(2)]));
  const request = { signal: 'traces', contentType: 'application/json', receivedAt: 1, body };
  listener.livePieces.append(ID, 0, [
    request,
    { ...request, body: Buffer.from(aRequest([aSpan(3)])) },
  ]);
});
afterEach(() => {
  listener.claims.release(liveClaim(ID));
  listener.close();
  reader.close();
  home[Symbol.dispose]();
});

async function end(summary: ProfileSummary): Promise<void> {
  await consolidateLiveRun(listener, summary, { status: 'done' });
  listener.claims.release(liveClaim(ID));
}

function expectWhole(status: string): void {
  const stored = reader.profiles.load(ID);
  expect(stored).toMatchObject({ name: 'job', status });
  expect(stored.spans.startNs).toHaveLength(3);
  expect(reader.profiles.find(ID)).toMatchObject({ status, series: 'jobs' });
  expect(reader.livePieces.size(ID).pieces).toBe(0);
}

describe('a run whose listener ends while it is looked at', () => {
  it('stays as the listener stored it, where the reader found it still running', async () => {
    listener.claims.take(liveClaim(ID));
    const found = reader.profiles.find(ID);
    expect(liveState(reader, found)).toBe('running');
    await end(listener.profiles.find(ID));
    expect(liveState(reader, found)).toBeNull();
    expect(await liveRun(reader, found)).toBeNull();
    expect(await consolidateLiveRun(reader, found, { status: 'cancelled' })).toBeNull();
    expectWhole('done');
  });

  it('is not given without the pieces that were taken away meanwhile', async () => {
    listener.claims.take(liveClaim(ID));
    const found = reader.profiles.find(ID);
    const whole = await liveRun(reader, found);
    expect(whole).toMatchObject({ status: 'running' });
    const reading = liveRun(reader, found);
    const done = { ...whole!, status: 'done' as const };
    listener.livePieces.consolidate(ID, () => listener.profiles.put(done, 'jobs'));
    expect(await reading).toBeNull();
    expectWhole('done');
  });

  it('is not stored by two who both gathered it', async () => {
    const found = reader.profiles.find(ID);
    const late = consolidateLiveRun(reader, found, { status: 'cancelled' });
    const first = consolidateLiveRun(listener, found, { status: 'done' });
    const [a, b] = await Promise.all([late, first]);
    expect([a, b].filter((run) => run !== null)).toHaveLength(1);
    expectWhole(a === null ? 'done' : 'cancelled');
  });
});

describe('a run whose listener is gone', () => {
  it('is stored by one of two readers, and is whole for both', async () => {
    const found = reader.profiles.find(ID);
    expect(liveState(reader, found)).toBe('interrupted');
    const runs = await Promise.all([liveRun(reader, found), liveRun(listener, found)]);
    const statuses = runs.map((run) => run?.status ?? null);
    expect(statuses).toContain('cancelled');
    for (const run of runs) if (run !== null) expect(run.spans.startNs).toHaveLength(3);
    expect(await liveRun(reader, found)).toBeNull();
    expectWhole('cancelled');
  });

  it('is claimed while it is stored, and by nobody afterwards', async () => {
    const recovering = liveRun(reader, reader.profiles.find(ID));
    expect(reader.claims.live()).toContain(liveClaim(ID));
    await recovering;
    expect(reader.claims.live()).not.toContain(liveClaim(ID));
  });

  it('is told of once by those who recover', async () => {
    expect(await recoverLiveRuns(reader)).toEqual([ID]);
    expect(await recoverLiveRuns(listener)).toEqual([]);
    expectWhole('cancelled');
  });
});
