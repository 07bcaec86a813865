import { describe, expect, it } from 'vitest';
import { REPLICATES } from '../../../../src/profiler/model/attributeNames.ts';
import { isNetworkStage } from '../../../../src/profiler/verdict/metric.ts';
import { metricsOf } from '../../../../src/profiler/verdict/metricsOf.ts';
import { benchmark, heap, madeRun, namedRun } from './madeRuns.ts';

describe('what a run is compared by', () => {
  it('has the seconds of stages and of the run, throughput and peaks', () => {
    const { measured, stages } = metricsOf(
      madeRun({
        stages: { decode: 1, embed: 4 },
        work: { embed: { unit: 'texts', itemsIn: 100, itemsOut: 80, dropped: { empty: 20 } } },
        peakBytes: 5e8,
      }),
    );
    const values = Object.fromEntries(measured.map((m) => [`${m.stage} ${m.metric}`, m.values[0]]));
    expect(values).toEqual({
      'run seconds': 5,
      'embed seconds': 4,
      'decode seconds': 1,
      'embed throughput': 20,
      'run peak:process.memory.rss': 5e8,
    });
    expect(stages).toEqual(['decode', 'embed']);
    const embed = measured.find(({ stage }) => stage === 'embed');
    expect(embed?.work).toEqual({ amount: 100, unit: 'texts' });
  });

  it('has loads, items, losses, devices and batches as exact figures', () => {
    const { exact } = metricsOf(
      madeRun({
        stages: { embed: 1 },
        work: {
          embed: {
            unit: 'texts',
            itemsIn: 10,
            itemsOut: 9,
            dropped: { 'too long': 1 },
            loads: { 'model:m': 3 },
            deviceUsed: 'cpu',
            batchSize: 8,
          },
        },
      }),
    );
    const values = Object.fromEntries(exact.map((m) => [m.metric, m.value]));
    expect(values).toMatchObject({
      'loads:model:m': 3,
      'items-in': 10,
      'items-out': 9,
      coverage: 0.9,
      'dropped:too long': 1,
      device: 'cpu',
      'batch-size': 8,
      errors: 0,
      retries: 0,
      'spans:job': 1,
    });
  });

  it('counts no spans of a sampler', () => {
    const { exact } = metricsOf(madeRun({ spans: { f: 9 }, format: 'cpuprofile' }));
    expect(exact.filter(({ kind }) => kind === 'spans')).toEqual([]);
  });

  it('takes executions as replicates and rounds of one process as one value', () => {
    const independent = metricsOf(benchmark([3, 1, 2], REPLICATES.independent)).measured;
    expect(independent).toMatchObject([{ stage: 'sort', values: [3, 1, 2] }]);
    const rounds = metricsOf(benchmark([3, 1, 2], REPLICATES.sameProcess)).measured;
    expect(rounds).toMatchObject([{ stage: 'sort', values: [2] }]);
  });

  it('takes the custom metrics of benchmarks, with the way that is better', () => {
    const run = benchmark([1, 2, 3], REPLICATES.sameProcess, { 'words/s': [5, 7, 6] });
    const words = metricsOf(run).measured.find(({ metric }) => metric === 'words/s');
    expect(words).toMatchObject({ stage: 'bench', better: 'higher', values: [6] });
  });

  it('takes the bytes of a heap by function', () => {
    const { measured } = metricsOf(heap({ parse: 3000, sort: 1000 }));
    const bytes = measured.map(({ stage, values }) => [stage, values[0]]);
    expect(bytes).toEqual([
      ['run', 4000],
      ['parse', 3000],
      ['sort', 1000],
    ]);
  });

  it('counts loads of a resource after the first, of any program, once', () => {
    const load: [string, number, object] = ['load file', 1, { 'file.path': '/data/talk.wav' }];
    const { exact } = metricsOf(namedRun([load, load, load] as Parameters<typeof namedRun>[0]));
    expect(exact.filter(({ kind }) => kind === 'loads')).toMatchObject([
      { metric: 'reloads:/data/talk.wav', value: 2 },
    ]);
    const accounted = metricsOf(
      madeRun({ stages: { load: 1 }, work: { load: { loads: { 'audio:x': 3 } } } }),
    );
    expect(accounted.exact.filter(({ kind }) => kind === 'loads')).toMatchObject([
      { metric: 'loads:audio:x', value: 3 },
    ]);
  });

  it('knows stages of the network', () => {
    expect(['download', 'Download video', 'fetch-url', 'http upload'].every(isNetworkStage)).toBe(
      true,
    );
    expect(['embed', 'prefetcher', 'loading', 'downsample'].some(isNetworkStage)).toBe(false);
  });
});
