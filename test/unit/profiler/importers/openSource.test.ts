import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../../../src/profiler/importers/openSource.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-source-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(name: string, bytes: Buffer) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const damages: string[] = [];
  const source = await openSource(path, {
    signal: new AbortController().signal,
    onDamage: (_offset, reason) => damages.push(reason),
  });
  return { source, damages, path };
}

describe('a source', () => {
  it('gives the bytes of a file, its head and its size', async () => {
    const bytes = Buffer.alloc(3_000_000, 'ab\n');
    const { source, path } = await open('plain.txt', bytes);
    expect(source.name).toBe(path);
    expect(source.size).toBe(3_000_000);
    expect(source.head.name).toBe('plain.txt');
    expect(source.head.bytes).toHaveLength(65_536);
    expect(source.head.complete).toBe(false);
    expect(Buffer.from(await source.bytes()).equals(bytes)).toBe(true);
  });

  it('is decompressed as often as it is compressed', async () => {
    const { source } = await open('twice.gz', gzipSync(gzipSync(Buffer.from('[1]'))));
    expect(source.head).toMatchObject({ text: '[1]', complete: true });
    expect(source.size).toBeNull();
    expect(Buffer.from(await source.bytes()).toString()).toBe('[1]');
  });

  it('is UTF-8 where the file is UTF-16, of either order', async () => {
    const little = Buffer.from('\uFEFF{"a":"ü"}', 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      const { source } = await open('utf16.json', bytes);
      expect(Buffer.from(await source.bytes()).toString()).toBe('{"a":"ü"}');
    }
  });

  it('is limited where it is wanted as a whole', async () => {
    const { source } = await open('large', Buffer.alloc(100_000));
    await expect(source.bytes(99_999)).rejects.toMatchObject({ code: 'import.too-large' });
  });

  it('is no folder, no device and no file that is not there', async () => {
    const options = { signal: new AbortController().signal, onDamage: () => expect.unreachable() };
    await expect(openSource(folder, options)).rejects.toMatchObject({ code: 'import.unreadable' });
    await expect(openSource('/dev/zero', options)).rejects.toMatchObject({
      code: 'import.unreadable',
    });
    await expect(openSource(join(folder, 'none'), options)).rejects.toMatchObject({
      code: 'import.not-found',
    });
  });

  it.runIf(process.platform !== 'win32')('does not wait for a named pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const options = { signal: new AbortController().signal, onDamage: () => expect.unreachable() };
    await expect(openSource(pipe, options)).rejects.toMatchObject({
      code: 'import.unreadable',
      message: `${pipe} is a named pipe, not a file. Pass what it gives by -, as standard input.`,
    });
  });
});
