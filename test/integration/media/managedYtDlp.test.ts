import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  isIntact,
  managedYtDlp,
  managedYtDlpDirectory,
} from '../../../src/pipeline/media/managedYtDlp.ts';
import { runProgram } from '../../../src/pipeline/media/runProgram.ts';
import { MANAGED_YT_DLP_VERSION } from '../../../src/pipeline/media/ytDlpPins.ts';
import { makeExecutable, temporaryFolder, testYtDlp } from './fixtures.ts';

let installed: string;
let home: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  const script = (await testYtDlp()).tool.prefixArguments.at(-1) ?? '';
  installed = path.dirname(path.dirname(script));
});
beforeEach(async () => {
  home = await temporaryFolder();
});
afterEach(() => home[Symbol.asyncDispose]());

const agree = () => Promise.resolve(true);

async function copyInstallation(): Promise<string> {
  const directory = managedYtDlpDirectory(home.path);
  await mkdir(path.dirname(directory), { recursive: true });
  await cp(installed, directory, { recursive: true });
  return directory;
}

describe('the managed yt-dlp', () => {
  test('is installed once when two ask at the same time, and runs', async () => {
    const consent = vi.fn(agree);
    const [first, second] = await Promise.all([
      managedYtDlp({ home: home.path, consent }),
      managedYtDlp({ home: home.path, consent }),
    ]);
    expect(second).toEqual(first);
    expect(consent).toHaveBeenCalledWith(expect.stringContaining(MANAGED_YT_DLP_VERSION));
    const args = [...first.prefixArguments, '--ignore-config', '--version'];
    const { stdout } = await runProgram(first.path, args);
    expect(stdout.trim()).toBe(MANAGED_YT_DLP_VERSION);
    expect(await readdir(path.join(home.path, 'tools', 'yt-dlp'))).toEqual([
      MANAGED_YT_DLP_VERSION,
    ]);
    consent.mockClear();
    await managedYtDlp({ home: home.path, consent });
    expect(consent).not.toHaveBeenCalled();
  });

  test('is not fetched without consent', async () => {
    const refuse = () => Promise.resolve(false);
    await expect(managedYtDlp({ home: home.path, consent: refuse })).rejects.toMatchObject({
      code: 'ytdlp.consent-refused',
    });
    expect(await readdir(home.path)).toEqual([]);
  });

  test.each([
    ['a changed file', (folder: string) => writeFile(path.join(folder, 'yt_dlp/aes.py'), 'x = 1')],
    ['a missing file', (folder: string) => rm(path.join(folder, 'yt_dlp_ejs/__init__.py'))],
    ['a missing package list', (folder: string) => removeRecord(folder)],
    [
      'other pins',
      (folder: string) => writeFile(path.join(folder, 'earshot-installed.json'), '{}'),
    ],
  ])('with %s counts as damaged', async (_, damage) => {
    const directory = await copyInstallation();
    expect(await isIntact(directory)).toBe(true);
    await damage(directory);
    expect(await isIntact(directory)).toBe(false);
  });

  test('repairs a damaged copy after consent', async () => {
    const directory = await copyInstallation();
    await writeFile(path.join(directory, 'yt_dlp/aes.py'), 'x = 1');
    await managedYtDlp({ home: home.path, consent: agree });
    expect(await isIntact(directory)).toBe(true);
    expect(await readFile(path.join(directory, 'yt_dlp/aes.py'), 'utf8')).not.toBe('x = 1');
  });

  test.each([
    ['too old', '#!/bin/sh\necho 3.10.4\n', 'only Python 3.10.4 was found'],
    ['broken', '#!/bin/sh\nexit 1\n', 'none was found'],
  ])('says what is wrong with a Python that is %s', async (_, script, message) => {
    const python = await makeExecutable(path.join(home.path, 'python3'), script);
    await expect(managedYtDlp({ home: home.path, consent: agree, python })).rejects.toMatchObject({
      code: 'ytdlp.python-missing',
      message: expect.stringContaining(message),
    });
  });

  test('leaves nothing behind when pip fails', async () => {
    const script =
      '#!/bin/sh\n[ "$1" = -c ] && echo 3.12.0 && exit 0\necho hashes differ >&2\nexit 1\n';
    const python = await makeExecutable(path.join(home.path, 'python3'), script);
    await expect(managedYtDlp({ home: home.path, consent: agree, python })).rejects.toMatchObject({
      code: 'ytdlp.install-failed',
      message: expect.stringContaining('hashes differ'),
    });
    expect(await readdir(path.join(home.path, 'tools', 'yt-dlp'))).toEqual([]);
  });

  test('takes over the lock of a process that is gone', async () => {
    const directory = managedYtDlpDirectory(home.path);
    await mkdir(path.dirname(directory), { recursive: true });
    const { stdout } = await runProgram('/bin/sh', ['-c', 'echo $$']);
    await writeFile(`${directory}.lock`, stdout);
    await managedYtDlp({ home: home.path, consent: agree });
    expect(await isIntact(directory)).toBe(true);
  });
});

async function removeRecord(folder: string): Promise<void> {
  const name = (await readdir(folder)).find((entry) => entry.startsWith('yt_dlp-'));
  await rm(path.join(folder, name ?? 'no package was found', 'RECORD'));
}
