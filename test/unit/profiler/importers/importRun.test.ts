import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import type { Importer } from '../../../../src/profiler/importers/importer.ts';
import { spanName } from '../../../../src/profiler/model/run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Spans {
  readonly epochNs?: string;
  readonly weightUnit?: string;
  readonly spans: readonly [name: string, startNs: number, durationNs: number][];
}

/** Reads files of the shape of `Spans`. */
const spansImporter: Importer = {
  format: 'chrome-trace',
  title: 'Spans',
  detect: ({ text }) => (text.includes('"spans"') ? 1 : 0),
  async read(source, target) {
    const text = Buffer.from(await source.bytes()).toString();
    const { epochNs, weightUnit, spans } = JSON.parse(text) as Spans;
    const run = target.begin({
      epochNs: epochNs === undefined ? null : BigInt(epochNs),
      client: 'test',
      ...(weightUnit === undefined ? {} : { weightUnit }),
    });
    const track = run.track('main', 'thread');
    for (const [name, startNs, durationNs] of spans) {
      run.builder.addSpan({ name, startNs: startNs + run.offsetNs, durationNs, track });
    }
  },
};

const lessSure: Importer = {
  ...spansImporter,
  format: 'log',
  title: 'Anything',
  detect: () => 0.1,
};

function write(name: string, spans: Spans | string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof spans === 'string' ? spans : JSON.stringify(spans));
  return path;
}

const request = {
  signal: new AbortController().signal,
  importers: [spansImporter, lessSure],
};

describe('an imported run', () => {
  it('has the name of its file, an id of its own and its provenance', async () => {
    const path = write('a.txt', { epochNs: '5', spans: [['one', 0, 10]] });
    const run = await importRun([path], request);
    const again = await importRun([path], request);
    expect(run).toMatchObject({ name: 'a.txt', kind: 'import', status: 'done', epochNs: 5n });
    expect(run.id).not.toBe(again.id);
    expect(run.provenance).toMatchObject({ client: 'test', format: 'chrome-trace', files: [path] });
    expect(run.tracks.map(({ name }) => name)).toEqual(['main']);
  });

  it('of several files lies on one clock, tracks kept apart', async () => {
    const late = write('late.json', { epochNs: '1732329619000000500', spans: [['late', 0, 10]] });
    const early = write('early.json', {
      epochNs: '1732329619000000100',
      spans: [['early', 0, 10]],
    });
    const undated = write('undated.json', { spans: [['undated', 0, 10]] });
    const run = await importRun([late, early, undated], request);
    expect(run.epochNs).toBe(1732329619000000100n);
    const starts = Object.fromEntries(
      Array.from(run.spans.startNs, (start, span) => [spanName(run, span), start]),
    );
    expect(starts).toEqual({ early: 0, late: 400, undated: 400 });
    expect(run.tracks.map(({ name }) => name)).toEqual([
      'late.json: main',
      'early.json: main',
      'undated.json: main',
    ]);
    expect(run.name).toBe('late.json and 2 more');
  });

  it('keeps files of one name apart by their paths', async () => {
    const one = write('x/same.json', { spans: [['one', 0, 1]] });
    const two = write('y/same.json', { spans: [['two', 0, 1]] });
    const run = await importRun([one, two], request);
    expect(run.tracks.map(({ name }) => name)).toEqual([`${one}: main`, `${two}: main`]);
  });

  it('without time order cannot be merged', async () => {
    const weights = write('w.json', { weightUnit: 'samples', spans: [['w', 0, 0]] });
    const other = write('o.json', { spans: [['o', 0, 1]] });
    await expect(importRun([other, weights], request)).rejects.toMatchObject({
      code: 'import.no-clock',
    });
    expect((await importRun([weights], request)).weights?.unit).toBe('samples');
  });
});

describe('files that cannot be read', () => {
  it('are rejected beside others that can, and fail where there are no others', async () => {
    const good = write('good.json', { spans: [['good', 0, 1]] });
    const missing = join(folder, 'missing.json');
    const run = await importRun([missing, good], request);
    expect(run.provenance.rejected).toEqual([
      { file: missing, offset: null, reason: `There is no file ${missing}.` },
    ]);
    await expect(importRun([missing, missing], request)).rejects.toMatchObject({
      code: 'import.not-found',
    });
  });

  it('are told to be damaged where nothing could be decompressed', async () => {
    const path = join(folder, 'cut.gz');
    writeFileSync(path, gzipSync('something').subarray(0, 10));
    await expect(importRun([path], request)).rejects.toMatchObject({
      code: 'import.unreadable',
      message: `${path} cannot be read: the gzip data are cut off.`,
    });
  });
});

describe('a format', () => {
  it('is that of the importer that is surest, or the one that a person says', async () => {
    const path = write('b.log', { spans: [['one', 0, 10]] });
    expect((await importRun([path], request)).provenance.format).toBe('chrome-trace');
    const run = await importRun([path], { ...request, as: 'log' });
    expect(run).toMatchObject({ kind: 'log', provenance: { format: 'log' } });
  });

  it('that nobody knows is told with how the file begins', async () => {
    const importers = [spansImporter];
    const text = write('c.json', 'what is\n this?');
    await expect(importRun([text], { ...request, importers })).rejects.toMatchObject({
      code: 'import.unknown-format',
      message: 'c.json begins with “what is this?”, which is none of: Spans.',
    });
    const binary = write('d.bin', '\u0000\u0001ELF');
    await expect(importRun([binary], { ...request, importers })).rejects.toThrow(
      'the bytes 00 01 45 4c 46,',
    );
  });

  it('is not asked of an empty file', async () => {
    const path = write('e.json', ' \n');
    await expect(importRun([path], request)).rejects.toMatchObject({ code: 'import.empty' });
  });
});
