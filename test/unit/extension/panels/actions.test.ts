import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFinding, openSource } from '../../../../src/extension/panels/actions/openSource.ts';
import { saveExport } from '../../../../src/extension/panels/actions/saveExport.ts';
import type { Worker } from '../../../../src/extension/panels/relay.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';
import { answers, resetVscode, shown, Uri, workspace } from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));

let home: ReturnType<typeof temporaryHome>;
let asked: [method: string, params: unknown][];
let located: unknown;

const worker: Worker = {
  isLive: true,
  request: ({ method }, params) => {
    asked.push([method, params]);
    return Promise.resolve(
      (method === 'locateInChart' ? located : { chart: 'c1', bytes: 3 }) as never,
    );
  },
};

beforeEach(() => {
  resetVscode();
  home = temporaryHome();
  asked = [];
  mkdirSync(join(home.path, 'project', 'src'), { recursive: true });
  writeFileSync(join(home.path, 'project', 'src', 'a.py'), 'x\n');
  writeFileSync(join(home.path, 'secret.py'), 'x\n');
  symlinkSync(join(home.path, 'secret.py'), join(home.path, 'project', 'link.py'));
  symlinkSync(join(home.path, 'project'), join(home.path, 'way-in'));
  workspace.workspaceFolders = [{ uri: Uri.file(join(home.path, 'project')) }];
});
afterEach(() => home[Symbol.dispose]());

const at = (path: string, line = 3, column: number | null = null): void => {
  located = { found: true, path: join(home.path, path), line, column, rung: 'frame' };
};
const place = { chart: 'c', span: 1, finding: null };

describe('opening the source of a span', () => {
  it('opens the line beside the panel', async () => {
    at('project/src/a.py', 3, 5);
    expect(await openSource(worker, place)).toEqual({ opened: true, reason: '' });
    expect(asked).toEqual([['locateInChart', place]]);
    expect(shown).toMatchObject([{ what: 'document', value: { uri: { scheme: 'file' } } }]);
    at('way-in/src/a.py', 999);
    expect(await openSource(worker, place)).toMatchObject({ opened: true });
  });

  it.each([
    ['secret.py', 'lies outside'],
    ['project/link.py', 'is a link that leads outside'],
    ['project/../secret.py', 'climbs out'],
    ['project/src/gone.py', 'is not there'],
    ['project', 'is the folder itself'],
  ])('refuses %s, which %s', async (path) => {
    at(path);
    const { opened, reason } = await openSource(worker, place);
    expect(opened).toBe(false);
    expect(reason).toMatch(/is not in a folder of this workspace\.$/);
    expect(shown).toEqual([]);
  });

  it('says why there is no line, and opens nothing in a workspace that is not trusted', async () => {
    located = { found: false, reason: 'Nothing in the run names a file.' };
    expect(await openSource(worker, place)).toEqual({
      opened: false,
      reason: 'Nothing in the run names a file.',
    });
    workspace.isTrusted = false;
    at('project/src/a.py');
    asked = [];
    const { opened, reason } = await openSource(worker, place);
    expect([opened, asked, shown]).toEqual([false, [], []]);
    expect(reason).toMatch(/trusted/);
  });

  it('of a finding that no panel draws opens its run for that moment', async () => {
    at('project/src/a.py');
    expect(await openFinding(worker, 'r1', 2, 'op')).toMatchObject({ opened: true });
    expect(asked).toEqual([
      ['openChart', { operation: 'op', source: { kind: 'run', id: 'r1' } }],
      ['locateInChart', { chart: 'c1', span: null, finding: 2 }],
      ['closeChart', { chart: 'c1' }],
    ]);
  });
});

describe('an export', () => {
  const picture = {
    what: 'picture',
    format: 'png',
    name: '../a/b: "c"\n',
    bytes: Uint8Array.of(1),
  } as const;

  it('goes where the person says, under a name that every platform takes', async () => {
    answers['save'] = Uri.file('/out/x.png');
    expect(await saveExport(worker, picture)).toBe('/out/x.png');
    expect(workspace.fs.writeFile).toHaveBeenCalledWith(expect.anything(), picture.bytes);
    const { path } = (shown[0]!.value as { defaultUri: Uri }).defaultUri;
    expect(path.split('/').at(-1)).toBe('a b c.png');
    answers['save'] = Uri.file('/out/x.otlp.json');
    const run = { what: 'run', chart: 'c', format: 'otlp', name: '' } as const;
    expect(await saveExport(worker, run)).toBe('/out/x.otlp.json');
    expect(asked).toEqual([
      ['exportChart', { chart: 'c', format: 'otlp', path: '/out/x.otlp.json' }],
    ]);
  });

  it('is nothing where the person thinks better of it, or the place is not of this machine', async () => {
    expect(await saveExport(worker, picture)).toBeNull();
    answers['save'] = new Uri('vscode-vfs', '/out/x.png');
    await expect(saveExport(worker, picture)).rejects.toMatchObject({ code: 'export.not-a-file' });
    expect(workspace.fs.writeFile).not.toHaveBeenCalled();
  });

  it('refuses a picture that is too large before it asks', async () => {
    const bytes = { byteLength: 201 * 2 ** 20 } as Uint8Array<ArrayBuffer>;
    await expect(saveExport(worker, { ...picture, bytes })).rejects.toMatchObject({
      code: 'export.too-large',
    });
    expect(shown).toEqual([]);
  });
});
