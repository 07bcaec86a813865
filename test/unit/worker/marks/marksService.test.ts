import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AcceptMark,
  GetMarks,
  GetProject,
  MarksChanged,
  SilenceMark,
} from '../../../../src/protocol/markMessages.ts';
import { RpcConnection } from '../../../../src/protocol/rpc.ts';
import type { Judgement } from '../../../../src/store/judgements.ts';
import { type Library, openLibraryAt } from '../../../../src/store/library.ts';
import { createMarksService } from '../../../../src/worker/marks/marksService.ts';
import type { WorkerService } from '../../../../src/worker/workerContext.ts';
import { mark } from '../../../helpers/marks.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';
import { newBuilder } from '../../profiler/runFixture.ts';
import { linkedTransports } from '../../protocol/linkedTransports.ts';

let home: ReturnType<typeof temporaryHome>;
let workspace: string;
/** The worker's, and that of another process. */
let library: Library;
let elsewhere: Library;
let service: WorkerService;
let connection: RpcConnection;
let told: number;

beforeEach(() => {
  home = temporaryHome();
  workspace = join(home.path, 'ws');
  mkdirSync(join(workspace, 'sub'), { recursive: true });
  const path = join(home.path, 'library.sqlite');
  library = openLibraryAt(path);
  elsewhere = openLibraryAt(path);
  const [here, there] = linkedTransports();
  service = createMarksService({
    connection: new RpcConnection(there, () => undefined),
    library: () => library,
    options: () => ({}),
    log: () => undefined,
  });
  connection = new RpcConnection(here, () => undefined);
  told = 0;
  connection.listen(MarksChanged, () => {
    told += 1;
  });
});
afterEach(() => {
  void service.stop?.();
  library.close();
  elsewhere.close();
  home[Symbol.dispose]();
});

const { silenced: _silenced, ...REGRESSION } = mark();

function judge(given: Partial<Judgement> = {}): void {
  elsewhere.judgements.put({
    ...{ workspace, origin: 'gate', name: 'job', madeAt: '2026-01-01T00:00:00.000Z' },
    verdict: { word: 'slower', text: 'Regression in job.' },
    judgedRuns: ['b1', 'b2'],
    marks: [REGRESSION],
    ...given,
  });
}

const marksOf = async (folder = workspace) => connection.request(GetMarks, { workspace: folder });

/** What was sent before an answer has arrived with it. */
const toldSoFar = async () => {
  await connection.request(GetProject, { workspace });
  return told;
};

describe('marks', () => {
  it('are those of the workspace, of a folder around it and of folders in it', async () => {
    judge({ marks: [REGRESSION, { ...REGRESSION, key: 'k', file: 'sub/deep.py' }] });
    expect((await marksOf()).marks.map(({ file }) => file)).toEqual(['job.py', 'sub/deep.py']);
    expect((await marksOf(join(workspace, 'sub'))).marks.map(({ file }) => file)).toEqual([
      'deep.py',
    ]);
    expect((await marksOf(home.path)).marks.map(({ file }) => file)).toEqual([
      'ws/job.py',
      'ws/sub/deep.py',
    ]);
    expect((await marksOf(join(home.path, 'w'))).marks).toEqual([]);
    symlinkSync(workspace, join(home.path, 'link'));
    expect((await marksOf(join(home.path, 'link'))).marks).toHaveLength(2);
  });

  it('are the newest of each key, with the newest verdict', async () => {
    judge();
    judge({
      name: 'other',
      verdict: { word: 'same', text: 'No regression.' },
      marks: [{ ...REGRESSION, share: 0.5 }],
    });
    const { marks, last } = await marksOf();
    expect(marks).toMatchObject([{ share: 0.5 }]);
    expect(last).toEqual({
      ...{ name: 'other', origin: 'gate', word: 'same', text: 'No regression.' },
      madeAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('are told to have changed when another process judged, and not for other writes', async () => {
    service.check?.();
    judge();
    expect(await toldSoFar()).toBe(0);
    await marksOf();
    service.check?.();
    expect(await toldSoFar()).toBe(0);
    judge();
    service.check?.();
    service.check?.();
    expect(await toldSoFar()).toBe(1);
    elsewhere.profiles.put(newBuilder().finish({ status: 'done' }));
    service.check?.();
    expect(await toldSoFar()).toBe(1);
  });

  it('go when their runs are accepted', async () => {
    const run = newBuilder().finish({ status: 'done' });
    for (const id of ['b1', 'b2']) elsewhere.profiles.put({ ...run, id }, 'gate:job');
    judge();
    await marksOf();
    expect(
      await connection.request(AcceptMark, { workspace, key: REGRESSION.key, note: 'meant' }),
    ).toEqual({ accepted: ['b1', 'b2'] });
    expect(await toldSoFar()).toBe(1);
    expect(await marksOf()).toEqual({ marks: [], last: null });
    expect(elsewhere.baselines.of('gate:job')).toMatchObject([
      { note: 'meant' },
      { note: 'meant' },
    ]);
  });

  it('are not accepted without their runs, nor when unknown', async () => {
    judge();
    const accept = (key: string) => connection.request(AcceptMark, { workspace, key, note: null });
    await expect(accept(REGRESSION.key)).rejects.toMatchObject({ code: 'accept.not-done' });
    await expect(accept('nothing')).rejects.toMatchObject({ code: 'mark.unknown' });
  });

  it('carry the reason they are silenced for until they may speak again', async () => {
    judge();
    const silence = (reason: string | null, folder = workspace) =>
      connection.request(SilenceMark, { workspace: folder, key: REGRESSION.key, reason });
    await silence('known', home.path);
    expect((await marksOf()).marks).toMatchObject([{ silenced: 'known' }]);
    await silence(null);
    expect((await marksOf()).marks).toMatchObject([{ silenced: null }]);
  });
});

describe('a project', () => {
  const project = () => connection.request(GetProject, { workspace });
  const config = (text: string) => writeFileSync(join(workspace, 'earshot.config.json'), text);

  it('has the commands of its configuration with their lines, secrets masked', async () => {
    expect(await project()).toEqual({ config: null, problem: null, commands: [] });
    config(`{
  "commands": {
    "quick": ["python3", "job.py", "--token", "abc"],
    "full": { "command": ["make"],
      "cwd": "sub", "env": { "A": "1" } }
  }
}`);
    expect(await project()).toEqual({
      config: join(workspace, 'earshot.config.json'),
      problem: null,
      commands: [
        {
          name: 'quick',
          text: "python3 job.py --token '***'",
          line: 3,
          words: ['python3', 'job.py', '--token', 'abc'],
          cwd: null,
          env: {},
        },
        {
          ...{ name: 'full', text: 'make', line: 4, words: ['make'] },
          ...{ cwd: join(workspace, 'sub'), env: { A: '1' } },
        },
      ],
    });
  });

  it('says what is wrong with its configuration', async () => {
    config('{ "comands": {} }');
    const { problem, commands } = await project();
    expect(problem).toMatch(/earshot\.config\.json:1:3: "comands" is not a known key.*commands/);
    expect(commands).toEqual([]);
  });
});
