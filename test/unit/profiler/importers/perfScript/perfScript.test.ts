import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { perfScriptImporter } from '../../../../../src/profiler/importers/perfScript/perfScript.ts';
import { type Run, sourceOf, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import {
  durationNs,
  levels,
  misfits,
  ownByName,
  rounded,
  selfNsByName,
} from '../../../../helpers/runFacts.ts';

const FOLDER = new URL('../../../../fixtures/profiles/perf/', import.meta.url);

interface Expected {
  samples: number;
  tracks: number;
  maxDepth: number;
  spans: number;
  durationUs: number;
  selfUs: Record<string, number>;
  own: Record<string, number>;
}

const read = async (text: string): Promise<Run> =>
  (await importBytes(perfScriptImporter, text, { chunkBytes: 50 })).run;

function fixture(name: string): [Buffer, Expected] {
  const expected = readFileSync(new URL(`${name}.expected.json`, FOLDER), 'utf8');
  return [readFileSync(new URL(name, FOLDER)), JSON.parse(expected) as Expected];
}

describe('the output of perf script', () => {
  it.each(['program.perf.txt', 'two-events.perf.txt'])(
    '%s has the stays, threads and times that an independent reader finds',
    async (name) => {
      const [bytes, expected] = fixture(name);
      expect(perfScriptImporter.detect(headOf(bytes))).toBeGreaterThan(0.8);
      const { run } = await importBytes(perfScriptImporter, bytes);
      expect(run.provenance.rejected).toEqual([]);
      expect(run.tracks).toHaveLength(expected.tracks);
      expect(spanCount(run)).toBe(expected.spans);
      expect(levels(run)).toBe(expected.maxDepth);
      expect(durationNs(run) / 1000).toBeCloseTo(expected.durationUs, 2);
      expect(rounded(selfNsByName(run), 1000)).toEqual(expected.selfUs);
      expect(misfits(run)).toBe(0);
    },
  );

  it('counts samples where it has no times', async () => {
    const [bytes, expected] = fixture('untimed.perf.txt');
    expect(perfScriptImporter.detect(headOf(bytes))).toBeGreaterThan(0.8);
    const { run, head } = await importBytes(perfScriptImporter, bytes);
    expect(head.weightUnit).toBe('samples');
    expect(ownByName(run)).toEqual(expected.own);
    expect(levels(run)).toBe(expected.maxDepth);
    expect(run.tracks).toHaveLength(expected.tracks);
  });
});

describe('perf script', () => {
  it('tells commands with spaces, inlined and unknown frames, and symbols with brackets', async () => {
    const run = await read(
      [
        '# a comment',
        'Web Content (1) 12/34 [003] 10.000001:     250000 cycles:u:',
        '\t    55d0 mix (inlined)',
        '\t    55d1 void run<int (*)(char)>(int (*)(char))+0x1f (/opt/demo/program)',
        '\t    7f00 [unknown] (/usr/lib/libfoo.so)',
        '\t       0 [unknown] ([unknown])',
        '',
      ].join('\n'),
    );
    expect(run.provenance.rejected).toEqual([]);
    expect(run.tracks.map(({ name }) => name)).toEqual(['Web Content (1) 34']);
    expect(Array.from(run.spans.nameId, (_, span) => spanName(run, span))).toEqual([
      '[unknown]',
      '[unknown] (libfoo.so)',
      'void run<int (*)(char)>(int (*)(char))',
      'mix',
    ]);
  });

  it('reads samples without stacks, and the source lines of -F +srcline', async () => {
    const flat =
      '  program 7 1.000000: cpu-clock:  11a9 compare+0x0 (/p)\n  program 7 1.001000: cpu-clock:  11aa work (/p)\n';
    expect(perfScriptImporter.detect(headOf(flat))).toBeGreaterThan(0.8);
    const run = await read(flat);
    expect(Array.from(run.spans.durationNs)).toEqual([1e6, 1e6]);
    const placed = await read('p 7 1.0: e:\n\t 11 main+0x1 (/p)\n  main.c:12\n');
    expect(sourceOf(placed, placed.spans.sourceId[0] ?? 0)).toMatchObject({
      file: 'main.c',
      line: 12,
    });
  });

  it('leaves a gap where a thread was not sampled for long', async () => {
    const times = [1, 2, 3, 4, 50, 51];
    const run = await read(times.map((t) => `p 7 ${t}.0: e:\n\t 11 main (/p)\n`).join('\n'));
    expect(Array.from(run.spans.startNs, (ns) => ns / 1e9)).toEqual([0, 49]);
    expect(Array.from(run.spans.durationNs, (ns) => ns / 1e9)).toEqual([4, 2]);
  });

  it('rejects what is no sample by its byte, and reads on', async () => {
    const run = await read(
      'p 7 1.0: e:\n\t 11 main (/p)\n\nwhat is this?\n\np 7 2.0: e:\n\t 11 main (/p)\n',
    );
    expect(run.provenance.rejected).toEqual([
      { file: 'unknown', offset: 28, reason: 'no sample of perf' },
    ]);
    expect(spanCount(run)).toBe(1);
  });

  it('is not seen in logs', () => {
    const log = '2026-01-01 10:00:00,123 INFO loaded 5 files\n  in 2 s\n2026-01-01 10:00:01 done\n';
    expect(perfScriptImporter.detect(headOf(log))).toBe(0);
    expect(perfScriptImporter.detect(headOf('Exception in thread 12\n  at main (a.js:1)\n'))).toBe(
      0,
    );
  });
});
