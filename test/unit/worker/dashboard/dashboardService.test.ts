import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ALL_INGESTS,
  GetDashboard,
  GetLedgerBucket,
  GetRunDetails,
} from '../../../../src/protocol/runMessages.ts';
import { RpcConnection } from '../../../../src/protocol/rpc.ts';
import { type Library, openLibraryAt } from '../../../../src/store/library.ts';
import { createDashboardService } from '../../../../src/worker/dashboard/dashboardService.ts';
import { putIngests, putTranscript } from '../../../helpers/dashboardRuns.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';
import { madeRun } from '../../profiler/verdict/madeRuns.ts';
import { linkedTransports } from '../../protocol/linkedTransports.ts';

const HOSTILE = '<img src=x onerror=alert(1)>\u202e\u0000 ' + 'ä'.repeat(10_000);

let home: ReturnType<typeof temporaryHome>;
let library: Library;
let asker: RpcConnection;

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(join(home.path, 'library.sqlite'));
  const [here, there] = linkedTransports();
  createDashboardService({
    connection: new RpcConnection(there, () => undefined),
    library: () => library,
    options: () => ({ targets: { 'voice-coverage': 0.5 } }),
    log: () => undefined,
  });
  asker = new RpcConnection(here, () => undefined);
});

afterEach(() => {
  library.close();
  home[Symbol.dispose]();
});

const ask = (series: string | null, limit = 100) => asker.request(GetDashboard, { series, limit });

describe('the dashboard service', () => {
  it('answers an empty library', async () => {
    expect(await ask(null)).toMatchObject({ series: [], selected: null, runs: [], older: 0 });
  });

  it('gives the history of the newest run, the oldest first, against the targets in force', async () => {
    library.profiles.put(madeRun({ stages: { a: 1 }, startMs: 5 }), 'tool');
    putIngests(library, 'v1', [
      { id: 'r1', stages: { decode: 3, embed: 1 } },
      { id: 'r2', stages: { decode: 9, embed: 1 }, voices: { own: 40, none: 60 } },
    ]);
    library.baselines.accept({ series: 'talk', runId: 'r1', acceptedAt: 'now', note: null });
    const { selected, runs, series, unit } = await ask(null);
    expect([selected, unit]).toEqual(['talk', 's']);
    expect(series).toEqual([
      { name: 'talk', kind: 'ingest', runs: 2 },
      { name: 'tool', kind: 'trace', runs: 1 },
    ]);
    expect(
      runs.map(({ id, accepted, seconds, videoId }) => [id, accepted, seconds, videoId]),
    ).toEqual([
      ['r1', true, 4, 'v1'],
      ['r2', false, 10, 'v1'],
    ]);
    expect(runs[0]?.verdict).toBeNull();
    expect(runs[1]?.verdict?.word).toBe('withheld');
    const allowed = runs[0]?.stages.map(({ stage, expectedSeconds }) => [stage, expectedSeconds]);
    // A hundred texts, at two hundred a second.
    expect(allowed).toEqual([
      ['decode', null],
      ['embed', 0.5],
    ]);
    const coverage = runs[1]?.figures.find(({ name }) => name === 'voice-coverage');
    expect(coverage).toMatchObject({ value: 0.4, target: 0.5, met: false });
  });

  it('shows all ingests as one history, by the hour of audio, judged in their own series', async () => {
    putIngests(library, 'v1', [{ id: 'r1', stages: { decode: 6 }, audioSeconds: 600 }]);
    putIngests(library, 'v2', [
      { id: 'r2', name: 'other', stages: { decode: 6 }, audioSeconds: 1200 },
    ]);
    const { series, selected, unit, runs } = await ask(ALL_INGESTS);
    expect(series[0]).toEqual({ name: ALL_INGESTS, kind: 'ingest', runs: 2 });
    expect([selected, unit]).toEqual([ALL_INGESTS, 's/h']);
    expect(runs.map(({ seconds, stages }) => [seconds, stages[0]?.seconds])).toEqual([
      [36, 36],
      [18, 18],
    ]);
    expect(runs.map(({ verdict }) => verdict)).toEqual([null, null]);
  });

  it('leaves out what is under way or had nothing to do, and has no figures of what failed', async () => {
    putIngests(library, 'v1', [
      { id: 'r1', stages: { decode: 3 } },
      { id: 'r2', stages: { decode: 3 }, status: 'failed' },
    ]);
    library.database.exec(
      `INSERT INTO runs (id, video_id, kind, name, status, started_at, run)
       VALUES ('n', 'v1', 'nothing-to-do', 'talk', 'done', '', x'00'), ('l', 'v1', 'trace', 'talk', 'running', '', x'00')`,
    );
    const { runs } = await ask('talk');
    expect(runs.map(({ id, status, seconds }) => [id, status, seconds])).toEqual([
      ['r1', 'done', 3],
      ['r2', 'failed', null],
    ]);
  });

  it('shows the newest of many and says how many are older; a damaged run takes nobody with it', async () => {
    putIngests(
      library,
      'v1',
      Array.from({ length: 5 }, (_, i) => ({ id: `r${i}`, stages: { decode: 3 } })),
    );
    library.database.exec(`UPDATE runs SET run = x'0102' WHERE id = 'r4'`);
    const { runs, older } = await ask('talk', 3);
    expect(older).toBe(2);
    expect(runs.map(({ id, seconds }) => [id, seconds])).toEqual([
      ['r2', 3],
      ['r3', 3],
      ['r4', null],
    ]);
  });

  it('shows what a gate decided of a stored run', async () => {
    putIngests(library, 'v1', [
      { id: 'r1', stages: { decode: 3 } },
      { id: 'r2', stages: { decode: 3 } },
    ]);
    library.judgements.put({
      ...{ workspace: '/w', origin: 'gate', name: 'ingest', madeAt: '2026-11-23', marks: [] },
      verdict: { word: 'slower', text: 'B is worse in decode (+40 %).' },
      judgedRuns: ['r2'],
    });
    const { runs } = await ask('talk');
    expect(runs[1]?.verdict).toEqual({
      word: 'slower',
      leans: null,
      tier: 2,
      text: 'Gate “ingest”: B is worse in decode (+40 %).',
    });
  });

  it('says everything of a run, and what lies in a bucket, whatever the names', async () => {
    putIngests(library, 'v1', [
      { id: 'r1', name: HOSTILE, stages: { decode: 3 }, voices: { own: 1, borrowed: 2 } },
    ]);
    putTranscript(library, 'v1', 'r1', ['own', 'borrowed', 'borrowed'], () => HOSTILE);
    const details = await asker.request(GetRunDetails, { id: 'r1' });
    expect(details.run.name).toBe(HOSTILE);
    const [ledger] = details.ledgers;
    expect(ledger?.buckets.map(({ percent }) => percent)).toEqual([33.33, 66.67]);
    expect(details.findings.map(({ kind }) => kind)).toContain('target-missed');
    const bucket = await asker.request(GetLedgerBucket, {
      id: 'r1',
      ledger: 'voice-embedding',
      bucket: 1,
    });
    expect(bucket.all).toBe(2);
    expect(bucket.items.map(({ segment, videoId }) => [segment, videoId])).toEqual([
      [1, 'v1'],
      [2, 'v1'],
    ]);
    expect(bucket.items[0]?.text.length).toBe(2000);
  });

  it('says so where a later run published the transcript, and where there is none', async () => {
    putIngests(library, 'v1', [{ id: 'r1', stages: { decode: 3 } }]);
    const params = { id: 'r1', ledger: 'voice-embedding', bucket: 0 };
    expect(await asker.request(GetLedgerBucket, params)).toEqual({
      items: [],
      all: 0,
      note: 'The video has no published transcript.',
    });
    putTranscript(library, 'v1', 'later', ['own']);
    const { note, all } = await asker.request(GetLedgerBucket, params);
    expect([note, all]).toEqual([expect.stringContaining('as a later run published it'), 1]);
  });

  it('refuses runs and buckets that are not there', async () => {
    await expect(asker.request(GetRunDetails, { id: 'x' })).rejects.toMatchObject({
      code: 'run.not-found',
    });
    putIngests(library, 'v1', [{ id: 'r1', stages: { decode: 3 } }]);
    await expect(
      asker.request(GetLedgerBucket, { id: 'r1', ledger: 'voice-embedding', bucket: 9 }),
    ).rejects.toMatchObject({ code: 'dashboard.no-bucket' });
  });
});
