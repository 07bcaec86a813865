import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChartProgress } from '../../../../src/protocol/chartMessages.ts';
import { RpcConnection } from '../../../../src/protocol/rpc.ts';
import {
  AcceptRuns,
  ImportRun,
  ListRuns,
  RemoveRun,
  RunsChanged,
} from '../../../../src/protocol/runMessages.ts';
import { type Library, openLibraryAt } from '../../../../src/store/library.ts';
import { errorReport } from '../../../../src/worker/errorReport.ts';
import { createRunsService } from '../../../../src/worker/runs/runsService.ts';
import type { WorkerService } from '../../../../src/worker/workerContext.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';
import { linkedTransports } from '../../protocol/linkedTransports.ts';

let home: ReturnType<typeof temporaryHome>;
let library: Library;
let service: WorkerService;
let asker: RpcConnection;
let changes: number;
let workspace: string | undefined;

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(join(home.path, 'library.sqlite'));
  changes = 0;
  workspace = undefined;
  const [here, there] = linkedTransports();
  service = createRunsService({
    connection: new RpcConnection(there, () => undefined, errorReport),
    library: () => library,
    options: () => ({ workspace }),
    log: () => undefined,
  });
  asker = new RpcConnection(here, () => undefined);
  asker.listen(RunsChanged, () => (changes += 1));
  asker.listen(ChartProgress, () => undefined);
  service.check!();
});
afterEach(async () => {
  await service.stop?.();
  library.close();
  home[Symbol.dispose]();
});

function file(name: string, text: string): string {
  const path = join(home.path, name);
  writeFileSync(path, text);
  return path;
}

const trace = (name: string): string =>
  file(name, JSON.stringify([{ ph: 'X', name: 'a', ts: 0, dur: 5, pid: 1, tid: 1 }]));

async function imported(name = 'a.json'): Promise<string> {
  const { runId } = await asker.request(ImportRun, { operation: 'i', paths: [trace(name)] });
  return runId;
}

const list = async () => (await asker.request(ListRuns, { series: null, limit: 10 })).runs;

describe('the runs of the library', () => {
  it('come in from files, are listed newest first, and are told of', async () => {
    const [first, second] = [await imported('a.json'), await imported('b.json')];
    const runs = await list();
    expect(runs.map(({ id }) => id)).toEqual([second, first]);
    expect(runs[0]).toMatchObject({
      name: 'b.json',
      series: 'b.json',
      kind: 'import',
      status: 'done',
      accepted: false,
      videoId: null,
    });
    expect(changes).toBe(2);
    const { runs: some } = await asker.request(ListRuns, { series: 'a.json', limit: 10 });
    expect(some.map(({ id }) => id)).toEqual([first]);
  });

  it('are accepted and taken back', async () => {
    const id = await imported();
    const accept = (withdraw: boolean) =>
      asker.request(AcceptRuns, { ids: [id], note: 'good', withdraw });
    expect(await accept(false)).toEqual({ accepted: [id] });
    expect((await list())[0]).toMatchObject({ accepted: true });
    expect(library.baselines.of('a.json')).toMatchObject([{ runId: id, note: 'good' }]);
    expect(await accept(true)).toEqual({ accepted: [id] });
    expect(await accept(true)).toEqual({ accepted: [] });
    expect(changes).toBe(3);
    await expect(
      asker.request(AcceptRuns, { ids: [id, 'nope'], note: null, withdraw: false }),
    ).rejects.toMatchObject({ code: 'run.not-found' });
    expect((await list())[0]).toMatchObject({ accepted: false });
  });

  it('go, but for those of videos', async () => {
    const id = await imported();
    expect(await asker.request(RemoveRun, { id })).toEqual({ id });
    expect([await list(), changes]).toEqual([[], 2]);
    await expect(asker.request(RemoveRun, { id })).rejects.toMatchObject({ code: 'run.not-found' });
    library.database
      .prepare(
        `INSERT INTO videos (id, source, title, state, created_at, updated_at)
         VALUES ('v', 's', 't', 'ready', '', '')`,
      )
      .run();
    const ofVideo = await imported();
    library.database.prepare(`UPDATE runs SET video_id = 'v'`).run();
    await expect(asker.request(RemoveRun, { id: ofVideo })).rejects.toMatchObject({
      code: 'run.of-a-video',
    });
    expect(await list()).toHaveLength(1);
  });

  it('are told of when another process changed them, and only then', async () => {
    const id = await imported();
    const other = openLibraryAt(library.path);
    const look = async (): Promise<number> => {
      service.check!();
      await list();
      return changes;
    };
    const before = await look();
    other.database.prepare(`UPDATE videos SET title = 'x'`).run();
    other.database.prepare(`CREATE TABLE unrelated (x)`).run();
    expect(await look()).toBe(before);
    other.baselines.accept({ series: 's', runId: id, acceptedAt: '2026', note: null });
    expect(await look()).toBe(before + 1);
    other.profiles.remove(id);
    expect(await look()).toBe(before + 2);
    expect(await look()).toBe(before + 2);
    other.close();
  });

  it('are not what cannot be read: that says what to do', async () => {
    const asked = asker.request(ImportRun, { operation: 'i', paths: [join(home.path, 'gone')] });
    await expect(asked).rejects.toMatchObject({
      code: 'import.not-found',
      action: 'Check that the file is still there.',
    });
    expect([await list(), changes]).toEqual([[], 0]);
  });

  it('do not come in when that is cancelled', async () => {
    const leave = new AbortController();
    const asked = asker.request(
      ImportRun,
      { operation: 'i', paths: [trace('a.json')] },
      leave.signal,
    );
    leave.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(await list()).toEqual([]);
  });

  it('are read with the patterns of a workspace that is trusted', async () => {
    file('earshot.config.json', '{ "logPatterns": [');
    await imported();
    workspace = home.path;
    await expect(imported()).rejects.toMatchObject({ code: 'config.invalid' });
  });
});
