import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  DECOMPRESSION_LIMITS,
  compressionOf,
  decompress,
} from '../../../../src/profiler/importers/decompress.ts';

async function* whole(bytes: Buffer): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

async function read(bytes: Buffer, limits = DECOMPRESSION_LIMITS) {
  const damages: [number, string][] = [];
  const pieces: Uint8Array[] = [];
  const stream = decompress(whole(bytes), compressionOf(bytes) ?? 'gzip', limits, (at, why) => {
    damages.push([at, why]);
  });
  for await (const piece of stream) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), damages };
}

const TEXT = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `line ${i * 7919}\n`).join(''));

describe('compression', () => {
  it('is told by the first bytes', () => {
    expect(compressionOf(gzipSync(TEXT))).toBe('gzip');
    for (const level of [0, 1, 6, 9])
      expect(compressionOf(deflateSync(TEXT, { level }))).toBe('zlib');
    expect(compressionOf(Buffer.from('x^2 + y^2'))).toBeNull();
    expect(compressionOf(Buffer.from('{}'))).toBeNull();
    expect(compressionOf(Buffer.alloc(0))).toBeNull();
  });

  it('is undone, also of members one after another', async () => {
    expect((await read(gzipSync(TEXT))).bytes.equals(TEXT)).toBe(true);
    expect((await read(deflateSync(TEXT))).bytes.equals(TEXT)).toBe(true);
    const both = Buffer.concat([gzipSync(TEXT), gzipSync(Buffer.from('end'))]);
    expect((await read(both)).bytes.toString()).toBe(`${TEXT.toString()}end`);
  });

  it('that is cut off gives what is there, and says so', async () => {
    const cut = gzipSync(TEXT).subarray(0, -2000);
    const { bytes, damages } = await read(cut);
    expect(bytes.length).toBeGreaterThan(1000);
    expect(TEXT.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(damages).toEqual([[bytes.length, 'the gzip data are cut off']]);
  });

  it('that is damaged gives what comes before', async () => {
    const damaged = gzipSync(TEXT);
    damaged.fill(0xff, damaged.length - 5000, damaged.length - 4900);
    const { bytes, damages } = await read(damaged);
    expect(bytes.length).toBeGreaterThan(1000);
    expect(damages).toHaveLength(1);
    expect(damages[0]?.[1]).toMatch(/^the gzip data are damaged: /u);
  });

  it('of a bomb is stopped, by its size and by how it grows', async () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000));
    const limits = { maxBytes: 2 ** 20, maxRatio: 1e9, ratioFromBytes: 0 };
    await expect(read(bomb, limits)).rejects.toMatchObject({ code: 'import.too-large' });
    const ratio = { maxBytes: 2 ** 40, maxRatio: 400, ratioFromBytes: 2 ** 20 };
    await expect(read(bomb, ratio)).rejects.toMatchObject({ code: 'import.too-large' });
  });
});
