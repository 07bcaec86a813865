import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  findFfmpeg,
  findFfprobe,
  findInstalledYtDlp,
  findJsRuntime,
} from '../../../src/pipeline/media/tools.ts';
import { makeExecutable, temporaryFolder } from './fixtures.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
});

const at = (name: string) => path.join(folder.path, name);
const says = (name: string, text: string) =>
  makeExecutable(at(name), `#!/bin/sh\necho "${text}"\n`);

describe('finding ffmpeg', () => {
  test('on PATH first, where it works', async () => {
    vi.stubEnv('PATH', `${folder.path}:/usr/bin:/bin`);
    const file = await says('ffmpeg', 'ffmpeg version 9.1-test');
    expect(await findFfmpeg()).toMatchObject({ path: file, version: '9.1-test', origin: 'path' });
  });

  test('inside the package where PATH has none, or only a broken one', async () => {
    vi.stubEnv('PATH', folder.path);
    expect(await findFfmpeg()).toMatchObject({ origin: 'bundled' });
    await writeFile(at('ffmpeg'), 'no program at all');
    await chmod(at('ffmpeg'), 0o755);
    expect(await findFfmpeg()).toMatchObject({ origin: 'bundled' });
    expect(await findFfprobe()).toBeNull();
  });

  test('by the setting, and by nothing else then', async () => {
    const file = await says('mine', 'ffmpeg version 7.0');
    expect(await findFfmpeg({ setting: file })).toMatchObject({ path: file, origin: 'setting' });
    await expect(findFfmpeg({ setting: at('none') })).rejects.toMatchObject({
      code: 'tool.setting-unusable',
    });
  });
});

describe('finding yt-dlp', () => {
  test.each([
    ['2025.11.12', true],
    ['2026.10.26', true],
    ['2023.03.04', false],
    ['not a version', false],
  ])('%s on PATH is taken: %s', async (version, taken) => {
    vi.stubEnv('PATH', `${folder.path}:/bin`);
    await says('yt-dlp', version);
    const found = await findInstalledYtDlp('2025.11.12');
    expect(found === null).toBe(!taken);
  });

  test('too old in the settings is an error', async () => {
    const setting = await says('old', '2023.03.04');
    await expect(findInstalledYtDlp('2025.11.12', { setting })).rejects.toMatchObject({
      code: 'tool.setting-unusable',
    });
  });
});

describe('finding a JavaScript runtime', () => {
  test('takes the Node that runs this', async () => {
    expect(await findJsRuntime()).toMatchObject({ kind: 'node', path: process.execPath });
  });

  test('runs Electron as Node and tells yt-dlp to do the same', async () => {
    const found = await findJsRuntime({
      ownProcess: { path: process.execPath, versions: { electron: '37.0.0' } },
    });
    expect(found?.environment).toEqual({ ELECTRON_RUN_AS_NODE: '1' });
  });

  test('goes on to Deno where no Node is new enough or prints what yt-dlp would refuse', async () => {
    vi.stubEnv('PATH', `${folder.path}:/bin`);
    await says('node', 'v20.1.0');
    await says('deno', 'deno 2.9.8 (stable)');
    const chatty = await makeExecutable(
      at('chatty'),
      '#!/bin/sh\n[ "$1" = --version ] && echo v24.1.0 && exit\necho 42\necho a warning >&2\n',
    );
    const found = await findJsRuntime({ ownProcess: { path: chatty, versions: {} } });
    expect(found).toMatchObject({ kind: 'deno', version: '2.9.8', origin: 'path' });
    await says('deno', 'deno 1.40.0');
    expect(await findJsRuntime({ ownProcess: { path: chatty, versions: {} } })).toBeNull();
  });
});
