import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goBenchImporter } from '../../../../../src/profiler/importers/goBench/goBench.ts';
import { attributeOf } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';

const FOLDER = new URL('../../../../fixtures/profiles/go-bench/', import.meta.url);

const read = async (text: string): Promise<Run> =>
  (await importBytes(goBenchImporter, text, { chunkBytes: 30 })).run;

const fixture = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

describe('the results of go test -bench', () => {
  it('have the counts, times and metrics of their lines', async () => {
    const text = fixture('results.txt');
    expect(goBenchImporter.detect(headOf(text))).toBeGreaterThan(0.9);
    const run = await read(text);
    expect(run.tracks.map(({ name }) => name)).toEqual([
      'BenchmarkHash',
      'BenchmarkJoin/size-10',
      'BenchmarkJoin/size-64',
    ]);
    const stated = Array.from(text.matchAll(/\s([\d.]+) ns\/op/gu), ([, ns]) => Number(ns));
    expect(stated).toHaveLength(15);
    expect(Array.from(run.spans.durationNs, (ns) => Math.round(ns * 1000) / 1000)).toEqual(stated);
    const words = run.counters.filter(({ name }) => name === 'words/s');
    const statedWords = Array.from(text.matchAll(/\s(\d+) words\/s/gu), ([, rate]) => Number(rate));
    expect(words.flatMap(({ values }) => Array.from(values))).toEqual(statedWords);
    expect(run.counters.map(({ name, unit }) => `${name} in ${unit}`).sort()).toEqual([
      'B/op in By',
      'B/op in By',
      'MB/s in MBy/s',
      'allocs/op in {allocation}',
      'allocs/op in {allocation}',
      'words/s in words/s',
      'words/s in words/s',
    ]);
    expect(run.environment).toMatchObject({ cpu: 'AMD EPYC', os: 'linux amd64', threads: 2 });
    expect(attributeOf(run, 0, 'earshot.iterations')).toBe(715);
    expect(attributeOf(run, 0, 'earshot.replicate')).toBe('same-process');
    expect(attributeOf(run, 0, 'earshot.higher_is_better')).toEqual(['MB/s']);
    expect(attributeOf(run, 5, 'earshot.higher_is_better')).toEqual(['words/s']);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      'no result: --- FAIL: BenchmarkBroken',
    ]);
  });

  it('keep the number of processors in the name where it differs', async () => {
    const run = await read(fixture('processors.txt'));
    expect(Array.from(run.spans.nameId.keys(), (span) => spanName(run, span))).toEqual([
      'BenchmarkHash',
      'BenchmarkHash',
      'BenchmarkHash-2',
      'BenchmarkHash-2',
    ]);
    expect(run.environment.threads).toBeNull();
  });

  it('believe what a file says of its units', async () => {
    const run = await read(
      'Unit errors/s better=lower\nBenchmarkA 10 5 ns/op 3 errors/s 2 hits/s\nBenchmarkB 10 7 frames\n',
    );
    expect(attributeOf(run, 0, 'earshot.higher_is_better')).toEqual(['hits/s']);
    expect(spanCount(run)).toBe(2);
    expect(Array.from(run.spans.durationNs)).toEqual([5, 0]);
  });

  it('are not seen in what has no result', () => {
    expect(goBenchImporter.detect(headOf('Benchmark finished in 5 s\nok\n'))).toBe(0);
    expect(goBenchImporter.detect(headOf(''))).toBe(0);
  });
});
