import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activate, deactivate } from '../../../src/extension/extension.ts';
import { createFeatures } from '../../../src/extension/features.ts';
import { leaveSign } from '../../../src/store/judgedSigns.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { listening, type Uri } from './panels/fakeVscode.ts';

const fake = vi.hoisted(() => ({
  trusted: true,
  home: '',
  folder: '',
  files: [] as string[],
  commands: new Map<string, (...args: unknown[]) => Promise<void>>(),
  changed: { fire: (): void => undefined },
}));

vi.mock('vscode', async () => {
  const { EventEmitter, Uri } = await import('./panels/fakeVscode.ts');
  const editors = new EventEmitter<void>();
  const nothing = { dispose: (): void => undefined };
  const register = (): { dispose: () => void } => nothing;
  fake.changed = { fire: () => editors.fire() };
  return {
    EventEmitter,
    Uri,
    TestRunProfileKind: { Run: 1 },
    tests: { createTestController: () => ({ ...nothing, createRunProfile: register }) },
    tasks: { registerTaskProvider: register },
    commands: {
      registerCommand: (id: string, run: (...args: unknown[]) => Promise<void>) => {
        fake.commands.set(id, run);
        return nothing;
      },
    },
    window: {
      createOutputChannel: () => nothing,
      registerWebviewPanelSerializer: register,
      registerCustomEditorProvider: register,
      registerTreeDataProvider: register,
      createTreeView: register,
      onDidChangeVisibleTextEditors: editors.event,
      get visibleTextEditors() {
        return fake.files.map((file) => ({ document: { uri: Uri.file(file) } }));
      },
    },
    workspace: {
      get isTrusted() {
        return fake.trusted;
      },
      getConfiguration: () => ({ get: (key: string) => (key === 'home' ? fake.home : undefined) }),
      getWorkspaceFolder: ({ path }: Uri) =>
        path.startsWith(`${fake.folder}/`) ? { uri: Uri.file(fake.folder) } : undefined,
      registerFileSystemProvider: register,
      onDidChangeConfiguration: new EventEmitter().event,
      onDidGrantWorkspaceTrust: new EventEmitter().event,
    },
  };
});
vi.mock('../../../src/extension/features.ts', () => ({ createFeatures: vi.fn() }));

const run = vi.fn(() => Promise.resolve());
const end = vi.fn(() => Promise.resolve());
let home: ReturnType<typeof temporaryHome>;
let context: { subscriptions: { dispose(): unknown }[] };
let loaded: Promise<undefined>;

beforeEach(() => {
  vi.clearAllMocks();
  home = temporaryHome();
  Object.assign(fake, { trusted: true, home: home.path, files: [] });
  fake.folder = join(home.path, 'repository', 'project');
  mkdirSync(fake.folder, { recursive: true });
  // A library there is.
  writeFileSync(join(home.path, 'library.sqlite'), '');
  context = { subscriptions: [] };
  const loads = Promise.withResolvers<undefined>();
  loaded = loads.promise;
  vi.mocked(createFeatures).mockImplementation(() => {
    loads.resolve(undefined);
    return { run, services: { client: { dispose: end } } } as never;
  });
});
afterEach(async () => {
  await deactivate();
  for (const each of context.subscriptions) each.dispose();
  expect(listening.size).toBe(0);
  home[Symbol.dispose]();
});

const start = (): void => activate(context as never);

function show(file: string): void {
  fake.files = [file];
  fake.changed.fire();
}

/** What was imported by now would have been told. */
async function isLoaded(): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve));
  await vi.dynamicImportSettled();
  return vi.mocked(createFeatures).mock.calls.length > 0;
}

describe('activation', () => {
  it('loads nothing, also with a file of a workspace that was never judged in sight', async () => {
    leaveSign(home.path, join(home.path, 'elsewhere'));
    start();
    show(join(fake.folder, 'job.py'));
    expect(await isLoaded()).toBe(false);
    await deactivate();
    expect(end).not.toHaveBeenCalled();
  });

  it.each([
    ['that was judged', () => fake.folder],
    ['in one that was judged', () => join(home.path, 'repository')],
    ['around one that was judged', () => join(fake.folder, 'package')],
  ])('loads what it needs for a file of a workspace %s', async (_, root) => {
    leaveSign(home.path, root());
    fake.files = [join(fake.folder, 'job.py')];
    start();
    await loaded;
    expect(await isLoaded()).toBe(true);
  });

  it('loads it when the workspace of a file in sight is judged the first time', async () => {
    start();
    show(join(fake.folder, 'job.py'));
    expect(await isLoaded()).toBe(false);
    leaveSign(home.path, fake.folder);
    await loaded;
  });

  it('loads nothing for what is not in sight, not of the workspace, or not trusted', async () => {
    leaveSign(home.path, fake.folder);
    start();
    show(join(home.path, 'other.py'));
    expect(await isLoaded()).toBe(false);
    fake.trusted = false;
    show(join(fake.folder, 'job.py'));
    expect(await isLoaded()).toBe(false);
  });

  it('runs a command with what it was given, and ends what it started', async () => {
    start();
    await fake.commands.get('earshot.showFlameChart')?.({ id: 'r1' });
    expect(run).toHaveBeenCalledWith('earshot.showFlameChart', [{ id: 'r1' }]);
    await fake.commands.get('earshot.showLog')?.();
    expect(createFeatures).toHaveBeenCalledOnce();
    await deactivate();
    expect(end).toHaveBeenCalledOnce();
  });
});
