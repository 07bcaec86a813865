import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  findLargeFiles,
  largeFile,
  scopesOf,
} from '../../../../src/profiler/launcher/files/largeFiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-large-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

it('finds the large files of folders and of those below them, but no machine code', () => {
  const a = write('a.bin', Buffer.alloc(2000, 1));
  const b = write('sub/deep/b.bin', Buffer.alloc(2000, 1));
  write('small.bin', Buffer.alloc(10));
  write('tool', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(2000)]));
  write('node_modules/x/c.bin', Buffer.alloc(2000, 1));
  symlinkSync(a, join(folder, 'link.bin'));
  symlinkSync(folder, join(folder, 'loop'));
  const found = findLargeFiles([{ folder, levels: 2 }], 1000, () => undefined);
  expect(found.map(({ path }) => path).sort()).toEqual([a, join(folder, 'link.bin'), b].sort());
  expect(new Set(found.map(({ identity }) => identity)).size).toBe(2);
  expect(findLargeFiles([{ folder, levels: 1 }], 1000, () => undefined)).toHaveLength(2);
});

it('does not look at the bytes of a file that is known: that would count as an opening', () => {
  const tool = write('tool', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(2000)]));
  expect(largeFile(tool, 1000)).toBeNull();
  expect(largeFile(tool, 1000, () => true)).toMatchObject({ bytes: 2004 });
  expect(largeFile(join(folder, 'nothing'), 1000)).toBeNull();
});

it('looks where the arguments, and the texts that they name, point to', () => {
  const data = write('data/weights.bin', Buffer.alloc(2000, 1));
  write('models/m.onnx', Buffer.alloc(2000, 1));
  const script = write('job/run.py', `open("${data}")\n`);
  const model = `--model=${join(folder, 'models', 'm.onnx')}`;
  const scopes = scopesOf(['sh', '-c', `python3 ${script} ${model}`, '-v', '--'], '/', '/tmp');
  expect(scopes.map((scope) => scope.folder)).toEqual([
    join(folder, 'job'),
    join(folder, 'data'),
    join(folder, 'models'),
    '/',
    '/tmp',
  ]);
});
