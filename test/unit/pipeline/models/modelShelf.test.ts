import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EarshotError } from '../../../../src/pipeline/earshotError.ts';
import { ModelShelf } from '../../../../src/pipeline/models/modelShelf.ts';

const content = Buffer.from('weights');
const sha256 = createHash('sha256').update(content).digest('hex');

const written = new Date('2026-01-01T00:00:00Z');

let folder: string;
let home: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-models-'));
  home = join(folder, 'home');
  overwrite(content, written);
  writeManifest();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writeManifest(change: Record<string, unknown> = {}): void {
  const described = {
    title: 'A',
    task: 'text',
    licence: 'MIT',
    credit: 'somebody',
    source: 'somewhere',
    changes: 'none',
    files: [{ path: 'a.onnx', bytes: content.length, sha256 }],
  };
  const download = {
    pythonPackage: 'p',
    version: '1',
    platform: 'any',
    sha256,
    bytes: 1,
    folder: 'f',
  };
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      schema: 1,
      models: [
        { ...described, name: 'a', kind: 'bundled', buildScript: 'a.py', ...change },
        { ...described, name: 'b', kind: 'optional', download },
      ],
    }),
  );
}

async function errorOf(work: () => unknown): Promise<{ code: string; action: string }> {
  try {
    await work();
  } catch (error) {
    const { code, action } = error as EarshotError;
    return { code, action };
  }
  throw new Error('nothing was thrown');
}

function overwrite(text: string | Buffer, time: Date): void {
  writeFileSync(join(folder, 'a.onnx'), text);
  utimesSync(join(folder, 'a.onnx'), time, time);
}

/** Overwrites one byte and keeps the size. */
function flipByte(): void {
  overwrite('weighty', new Date(written.getTime() + 1000));
}

describe('ModelShelf', () => {
  it('gives the paths of an intact model', async () => {
    const paths = await new ModelShelf(home, folder).paths('a');
    expect([...paths]).toEqual([['a.onnx', join(folder, 'a.onnx')]]);
  });

  it('hashes a file again only once it has changed', async () => {
    await new ModelShelf(home, folder).paths('a');
    // Same size, time and inode: only a full verification can tell.
    overwrite('weighty', written);
    const shelf = new ModelShelf(home, folder);
    await expect(shelf.paths('a')).resolves.toBeDefined();
    await expect(shelf.verify('a')).rejects.toMatchObject({ code: 'model.damaged' });
  });

  it('notices a changed byte', async () => {
    await new ModelShelf(home, folder).paths('a');
    flipByte();
    const { code, action } = await errorOf(() => new ModelShelf(home, folder).paths('a'));
    expect(code).toBe('model.damaged');
    expect(action).toContain('Install Earshot again');
  });

  it('remembers a damaged file as damaged', async () => {
    flipByte();
    for (let start = 0; start < 2; start++) {
      const shelf = new ModelShelf(home, folder);
      await expect(shelf.paths('a')).rejects.toMatchObject({ code: 'model.damaged' });
    }
  });

  it('notices a truncated file without hashing', async () => {
    writeFileSync(join(folder, 'a.onnx'), 'wei');
    const { code } = await errorOf(() => new ModelShelf(home, folder).paths('a'));
    expect(code).toBe('model.damaged');
  });

  it('says how to get a model that is not there', async () => {
    const shelf = new ModelShelf(home, folder);
    expect(await shelf.isPresent('b')).toBe(false);
    const { code, action } = await errorOf(() => shelf.paths('b'));
    expect(code).toBe('model.missing');
    expect(action).toBe('Run `earshot models get b`.');
  });

  it('finds a downloaded model in the library folder', async () => {
    mkdirSync(join(home, 'models', 'b'), { recursive: true });
    writeFileSync(join(home, 'models', 'b', 'a.onnx'), content);
    const shelf = new ModelShelf(home, folder);
    expect(await shelf.isPresent('b')).toBe(true);
    await shelf.verify('b');
  });

  it('names the models there are when asked for another', async () => {
    const { code, action } = await errorOf(() => new ModelShelf(home, folder).find('c'));
    expect(code).toBe('model.unknown');
    expect(action).toBe('Choose one of: a, b.');
  });

  it('survives a damaged cache', async () => {
    mkdirSync(join(home, 'cache'), { recursive: true });
    writeFileSync(join(home, 'cache', 'model-checks.json'), '{"');
    await expect(new ModelShelf(home, folder).paths('a')).resolves.toBeDefined();
  });

  it.each([
    ['a path out of the folder', { files: [{ path: '../a', bytes: 1, sha256 }] }],
    ['an absolute path', { files: [{ path: '/a', bytes: 1, sha256 }] }],
    ['a short hash', { files: [{ path: 'a', bytes: 1, sha256: 'ab' }] }],
    ['no files', { files: [] }],
  ])('rejects a manifest with %s', async (_, change) => {
    writeManifest(change);
    const { code } = await errorOf(() => new ModelShelf(home, folder));
    expect(code).toBe('model.damaged');
  });

  it('rejects a manifest that is not JSON, and one that is missing', async () => {
    writeFileSync(join(folder, 'manifest.json'), '{');
    expect((await errorOf(() => new ModelShelf(home, folder))).code).toBe('model.damaged');
    rmSync(join(folder, 'manifest.json'));
    expect((await errorOf(() => new ModelShelf(home, folder))).code).toBe('model.missing');
  });
});
