import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firefoxImporter } from '../../../../../src/profiler/importers/firefox/firefox.ts';
import { attributesOf, instantAttributes } from '../../../../../src/profiler/model/attributes.ts';
import {
  type Run,
  sourceOf,
  spanCount,
  spanName,
  stringOf,
} from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import {
  durationNs,
  levels,
  misfits,
  ownByName,
  rounded,
  selfNsByName,
} from '../../../../helpers/runFacts.ts';

const STRINGS = ['main', 'work', 'main.c', 'leaf', 'GC', 'Paint'];

/** main → work → leaf, and main → work at another line. */
const TABLES = {
  stackTable: { prefix: [null, 0, 1, 0], frame: [0, 1, 2, 3], length: 4 },
  frameTable: { func: [0, 1, 2, 1], line: [3, 8, null, 9], column: [1, 2, null, 2], length: 4 },
  funcTable: {
    name: [0, 1, 3],
    isJS: [false, false, false],
    fileName: [2, 2, null],
    lineNumber: [2, null, null],
    columnNumber: [null, null, null],
    length: 3,
  },
};

const meta = { product: 'demo', startTime: 1e12, interval: 2, preprocessedProfileVersion: 48 };

function thread(more: object): object {
  return {
    name: 'main',
    processName: '',
    pid: '7',
    tid: '7.1',
    stringArray: STRINGS,
    ...TABLES,
    samples: { stack: [], time: [], length: 0 },
    markers: { name: [], startTime: [], endTime: [], phase: [], data: [], length: 0 },
    ...more,
  };
}

const read = async (file: object): Promise<Run> =>
  (await importBytes(firefoxImporter, JSON.stringify(file), { chunkBytes: 50 })).run;

function describeSpans(run: Run): string[] {
  return Array.from(run.spans.startNs, (start, span) => {
    const track = run.tracks[run.spans.trackId[span] ?? 0]?.name ?? '';
    const length = (run.spans.durationNs[span] ?? 0) / 1e6;
    return `${track}: ${spanName(run, span)} ${start / 1e6}+${length}`;
  });
}

const reasons = (run: Run): string[] => run.provenance.rejected.map(({ reason }) => reason);
const samples = { stack: [2, 3, null, 0], time: [10, 12, 14, 16], length: 4 };
const SPANS = [
  'main 7.1: main 10+4',
  'main 7.1: work 10+4',
  'main 7.1: leaf 10+2',
  'main 7.1: main 16+2',
];

const FOLDER = new URL('../../../../fixtures/profiles/samply/', import.meta.url);

interface Expected {
  spans: number;
  tracks: number;
  maxDepth: number;
  durationMs: number;
  selfUs: Record<string, number>;
}

describe('a profile of samply', () => {
  it('has the stays, threads and times that an independent reader finds', async () => {
    const bytes = readFileSync(new URL('program.json', FOLDER));
    const expected = JSON.parse(
      readFileSync(new URL('program.json.expected.json', FOLDER), 'utf8'),
    ) as Expected;
    expect(firefoxImporter.detect(headOf(bytes))).toBeGreaterThan(0.9);
    const { run } = await importBytes(firefoxImporter, bytes, { chunkBytes: 1000 });
    expect(reasons(run)).toEqual([]);
    expect(run.tracks).toHaveLength(expected.tracks);
    expect(spanCount(run)).toBe(expected.spans);
    expect(levels(run)).toBe(expected.maxDepth);
    expect(durationNs(run) / 1e6).toBeCloseTo(expected.durationMs, 6);
    expect(rounded(selfNsByName(run), 1000)).toEqual(expected.selfUs);
    expect(misfits(run)).toBe(0);
  });
});

describe('a Firefox profile', () => {
  it('draws samples by function, each to the next one', async () => {
    const file = { meta, threads: [thread({ samples })] };
    expect(firefoxImporter.detect(headOf(JSON.stringify(file)))).toBeGreaterThan(0.9);
    const { run, head } = await importBytes(firefoxImporter, JSON.stringify(file));
    expect(reasons(run)).toEqual([]);
    expect(describeSpans(run)).toEqual(SPANS);
    expect(head.epochNs).toBe(1_000_000_000_000_000_000n);
    expect(sourceOf(run, run.spans.sourceId[0] ?? 0)).toMatchObject({ file: 'main.c', line: 2 });
    expect(sourceOf(run, run.spans.sourceId[1] ?? 0)).toMatchObject({ file: 'main.c', line: 8 });
  });

  it('may share its tables, state distances of time and name sources in a table', async () => {
    const funcTable = { name: [0, 1, 3], source: [0, 0, null], lineNumber: [2, null, null] };
    const shared = {
      stringArray: STRINGS,
      ...TABLES,
      funcTable,
      sources: { id: [null], filename: [2] },
    };
    const deltas = { stack: samples.stack, timeDeltas: [10, 2, 2, 2] };
    const own = { name: 'main', tid: 7.1, samples: deltas };
    const run = await read({ threads: [own], shared, meta });
    expect(describeSpans(run)).toEqual(SPANS);
    expect(sourceOf(run, run.spans.sourceId[0] ?? 0)).toMatchObject({ file: 'main.c', line: 2 });
  });

  it('reads markers and counters', async () => {
    const markers = {
      name: [4, 5, 4, 4, 4],
      startTime: [1, 2, 5, null, 9],
      endTime: [null, 4, null, 7, null],
      phase: [0, 1, 2, 3, 2],
      data: [{ type: 'x', n: 3 }, { url: 'a' }, null, null, null],
    };
    const counter = {
      name: 'malloc',
      category: 'Memory',
      pid: '7',
      samples: { time: [1, 2, 3], count: [100, 50, -30] },
    };
    const older = { name: 'old', sampleGroups: [{ id: 0, samples: { time: [1], count: [5] } }] };
    const run = await read({ meta, threads: [thread({ markers })], counters: [counter, older] });
    expect(describeSpans(run)).toEqual([
      'main 7.1: markers: Paint 2+2',
      'main 7.1: markers: GC 5+2',
    ]);
    expect(Object.fromEntries(attributesOf(run, 0))).toEqual({ 'marker.url': 'a' });
    expect(stringOf(run, run.instants.textId[0] ?? 0)).toBe('GC');
    expect(instantAttributes(run, 0)).toEqual({ 'marker.type': 'x', 'marker.n': 3 });
    expect(run.counters.map(({ name, unit, values }) => [name, unit, ...values])).toEqual([
      ['malloc', 'By', 100, 150, 120],
      ['old', '1', 5],
    ]);
    expect(reasons(run)).toEqual(['main 7.1: 1 markers have no beginning or no end']);
  });

  it('of bytes is a run of weights', async () => {
    const weighted = { stack: [2, 3, 2], time: [1, 2, 3], weight: [5, 7, 1], weightType: 'bytes' };
    const run = await read({ meta, threads: [thread({ samples: weighted })] });
    expect(run.weights?.unit).toBe('bytes');
    expect(ownByName(run)).toEqual({ leaf: 6, work: 7 });
  });

  it('survives circles, tables that are missing and times that are none', async () => {
    const stackTable = { prefix: [1, 0, 99, null], frame: [0, 1, 2, 77] };
    const damaged = { stack: [0, 1, 2, 3, 44], time: [1, 2, 1, null, 5] };
    const run = await read({ meta, threads: [thread({ stackTable, samples: damaged })] });
    expect(reasons(run)).toEqual([
      '3 stacks have a caller or a function that is not there',
      'main 7.1: 2 samples lie before their predecessors or have no time',
      'main 7.1: 1 samples have a stack that is not there',
    ]);
    expect(describeSpans(await read({ meta, threads: [{ samples: damaged }] }))).toEqual([]);
  });

  it('in the raw format of Gecko is refused with what to do', async () => {
    const raw = {
      meta: { interval: 1 },
      threads: [{ samples: { schema: { stack: 0 }, data: [] } }],
    };
    await expect(read(raw)).rejects.toThrow('open and save it in the Firefox profiler');
  });
});
