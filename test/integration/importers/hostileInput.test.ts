import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRun } from '../../../src/profiler/importers/importRun.ts';
import type { ImportFormat } from '../../../src/profiler/importers/importer.ts';
import { type Run, spanCount, spanName } from '../../../src/profiler/model/run.ts';
import { checkRun } from '../../../src/profiler/model/runCheck.ts';
import { decodeRun, encodeRun } from '../../../src/profiler/model/runCodec.ts';
import { type Folder, temporaryFolder } from '../helpers/places.ts';

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

const signal = new AbortController().signal;
const MIB = 2 ** 20;

async function imported(bytes: string | Buffer, as?: ImportFormat): Promise<Run> {
  const path = join(folder.path, 'input');
  writeFileSync(path, bytes);
  const run = await importRun([path], { signal, as });
  checkRun(run);
  const stored = encodeRun(run);
  expect(Buffer.from(encodeRun(decodeRun(stored))).equals(stored)).toBe(true);
  return run;
}

const reasons = (run: Run): string[] => run.provenance.rejected.map(({ reason }) => reason);

const GOOD = { ph: 'X', name: 'good', pid: 1, tid: 1, ts: 0, dur: 5 };
const good = JSON.stringify(GOOD);

function otlpSpan(id: string, parent: string, name: string): object {
  return {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: id.padStart(16, '0'),
    parentSpanId: parent === '' ? '' : parent.padStart(16, '0'),
    name,
    startTimeUnixNano: '1732329619000000000',
    endTimeUnixNano: '1732329620000000000',
  };
}

describe('input that is hostile', () => {
  it('nested 100,000 deep is skipped, wherever it is', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
      const run = await imported(
        `[${good},{"ph":"X","ts":1,"dur":1,"args":${deep}},${good},${deep}]`,
      );
      expect(spanCount(run)).toBe(3);
      const spans = `${deep},${JSON.stringify(otlpSpan('1', '', 'good'))}`;
      const otlp = await imported(
        `{"resourceSpans":[{"scopeSpans":[{"spans":[${spans}]}],"x":${deep}}]}`,
      );
      expect(spanCount(otlp)).toBe(1);
    }
    await expect(imported('['.repeat(100_000), 'chrome-trace')).rejects.toMatchObject({
      code: /^import\./u,
    });
  });

  it('with names of 10 MB keeps them', async () => {
    const name = 'n'.repeat(10 * MIB);
    const run = await imported(JSON.stringify([GOOD, { ...GOOD, name, ts: 9 }]));
    expect(spanName(run, 1)).toBe(name);
  });

  it('with names out of other worlds keeps them as they are', async () => {
    const names = [
      '../../etc/passwd',
      '<b onclick=x>',
      'a\u0000b',
      '\u202Egpj.exe',
      '__proto__',
      '\uD800',
    ];
    const run = await imported(
      JSON.stringify(names.map((name, i) => ({ ...GOOD, name, ts: i * 10 }))),
    );
    expect(names.map((_, span) => spanName(run, span))).toEqual([...names.slice(0, -1), '\uFFFD']);
    const keys = await imported(
      '[{"ph":"X","ts":0,"dur":1,"args":{"__proto__":1,"constructor":"x"}}]',
    );
    expect(spanCount(keys)).toBe(1);
  });

  it('that is a decompression bomb is stopped', async () => {
    const zeros = gzipSync(Buffer.alloc(16 * MIB), { level: 9 });
    const bomb = Buffer.concat(new Array<Buffer>(64).fill(zeros));
    await expect(imported(bomb)).rejects.toMatchObject({
      code: /^import\.(?:too-large|unknown-format)$/u,
    });
    const inJson = Buffer.concat([gzipSync(`[${good},{"name":"`), bomb]);
    await expect(imported(inJson)).rejects.toMatchObject({ code: 'import.too-large' });
  });

  it('with a string of 2 GB is read around it, in little memory', async () => {
    const piece = Buffer.alloc(MIB, 'x');
    async function* input(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield Buffer.from(`[${good},{"ph":"X","name":"`);
      for (let i = 0; i < 2048; i += 1) yield piece;
      yield Buffer.from(`"},${good}]`);
    }
    const run = await importRun(['-'], { signal, stdin: input() });
    expect(spanCount(run)).toBe(2);
    expect(reasons(run)).toEqual(['a value is longer than 64 MiB']);
    expect(process.memoryUsage().rss).toBeLessThan(1500 * MIB);
  });

  it('is broken off when the caller says so, in the middle of it', async () => {
    const abort = new AbortController();
    async function* input(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield Buffer.from('[');
      for (let i = 0; ; i += 1) {
        if (i === 100) abort.abort();
        yield Buffer.from(`${good},`);
      }
    }
    const stopped = importRun(['-'], { signal: abort.signal, stdin: input() });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('of cyclic and duplicate ids becomes a run', async () => {
    const spans = [
      otlpSpan('1', '2', 'a'),
      otlpSpan('2', '1', 'b'),
      otlpSpan('2', '2', 'c'),
      otlpSpan('3', '3', 'd'),
    ];
    const run = await imported(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
    expect(spanCount(run)).toBeGreaterThanOrEqual(3);
    expect(run.provenance.rejectedCount).toBeGreaterThan(0);
  });
});
