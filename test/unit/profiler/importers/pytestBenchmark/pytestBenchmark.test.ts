import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pytestBenchmarkImporter } from '../../../../../src/profiler/importers/pytestBenchmark/pytestBenchmark.ts';
import { attributeOf } from '../../../../../src/profiler/model/attributes.ts';
import { spanCount } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';

const FOLDER = new URL('../../../../fixtures/profiles/pytest-benchmark/', import.meta.url);

interface Results {
  datetime: string;
  benchmarks: {
    fullname: string;
    stats: { mean: number; median: number; min: number; rounds: number; iterations: number };
  }[];
}

describe('the results of pytest-benchmark', () => {
  const text = readFileSync(new URL('results.json', FOLDER), 'utf8');

  it('have the rounds and means that they state', async () => {
    const { benchmarks, datetime } = JSON.parse(text) as Results;
    expect(pytestBenchmarkImporter.detect(headOf(text))).toBeGreaterThan(0.9);
    const { run, head } = await importBytes(pytestBenchmarkImporter, text, { chunkBytes: 99 });
    expect(run.provenance.rejected).toEqual([]);
    expect(head.epochNs).toBe(BigInt(Date.parse(datetime)) * 1_000_000n);
    expect(run.environment).toMatchObject({ cpu: 'AMD EPYC', cores: 2, runtime: 'CPython 3.11.7' });
    expect(run.tracks.map(({ name }) => name)).toEqual(benchmarks.map(({ fullname }) => fullname));
    benchmarks.forEach(({ stats }, track) => {
      const spans = Array.from(run.spans.trackId.keys()).filter(
        (i) => run.spans.trackId[i] === track,
      );
      const seconds = spans.map((span) => (run.spans.durationNs[span] ?? 0) / 1e9);
      expect(spans).toHaveLength(stats.rounds);
      expect(seconds.reduce((sum, s) => sum + s, 0) / stats.rounds / stats.mean).toBeCloseTo(1, 6);
      expect(Math.min(...seconds) / stats.min).toBeCloseTo(1, 6);
      expect(attributeOf(run, spans[0] ?? -1, 'earshot.iterations')).toBe(stats.iterations);
      expect(attributeOf(run, spans[0] ?? -1, 'earshot.replicate')).toBe('same-process');
    });
  });

  it('have one span of the mean where the rounds were not kept', async () => {
    const { run } = await importBytes(
      pytestBenchmarkImporter,
      '{"benchmarks":[{"name":"a","fullname":"t::a","stats":{"mean":0.5,"rounds":7,"iterations":1}},3,{}]}',
    );
    expect(spanCount(run)).toBe(1);
    expect(run.spans.durationNs[0]).toBe(5e8);
    expect(attributeOf(run, 0, 'pytest.rounds')).toBe(7);
    expect(run.provenance.rejectedCount).toBe(2);
  });
});
