import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cpuprofileImporter } from '../../../../../src/profiler/importers/cpuprofile/cpuprofile.ts';
import { sourceOf, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import {
  durationNs,
  levels,
  misfits,
  rounded,
  selfNsByName,
  totalNsByName,
} from '../../../../helpers/runFacts.ts';

const FOLDER = new URL('../../../../fixtures/profiles/node/', import.meta.url);
const NS_PER_US = 1000;

interface Expected {
  spans: number;
  maxDepth: number;
  durationUs: number;
  selfUs: Record<string, number>;
  totalUs: Record<string, number>;
}

function node(id: number, name: string, children: number[] = [], line = 0): object {
  const callFrame = {
    functionName: name,
    scriptId: '1',
    url: 'a.js',
    lineNumber: line,
    columnNumber: 0,
  };
  return { id, callFrame, hitCount: 0, children };
}

function profile(samples: number[], timeDeltas: number[], more: object = {}): string {
  return JSON.stringify({
    nodes: [
      node(1, '(root)', [2, 3, 4, 5]),
      node(2, '(program)'),
      node(3, '(idle)'),
      node(4, '(garbage collector)'),
      node(5, 'main', [6, 7], 9),
      node(6, 'a'),
      node(7, 'b'),
    ],
    startTime: 1000,
    endTime: 1000 + timeDeltas.reduce((sum, delta) => sum + delta, 0) + 10,
    samples,
    timeDeltas,
    ...more,
  });
}

async function spansOf(text: string): Promise<string[]> {
  const { run } = await importBytes(cpuprofileImporter, text);
  return Array.from(run.spans.startNs, (start, span) => {
    const length = (run.spans.durationNs[span] ?? 0) / NS_PER_US;
    return `${spanName(run, span)} ${start / NS_PER_US}+${length}`;
  });
}

describe('a .cpuprofile of Node', () => {
  const bytes = readFileSync(new URL('program.cpuprofile', FOLDER));
  const expected = JSON.parse(
    readFileSync(new URL('program.cpuprofile.expected.json', FOLDER), 'utf8'),
  ) as Expected;

  it('has the stays, depth and times that an independent reader finds', async () => {
    expect(cpuprofileImporter.detect(headOf(bytes))).toBeGreaterThan(0.8);
    const { run } = await importBytes(cpuprofileImporter, bytes, { chunkBytes: 1000 });
    expect(run.provenance.rejected).toEqual([]);
    expect(spanCount(run)).toBe(expected.spans);
    expect(levels(run)).toBe(expected.maxDepth);
    expect(durationNs(run)).toBe(expected.durationUs * NS_PER_US);
    expect(rounded(selfNsByName(run), NS_PER_US)).toEqual(expected.selfUs);
    expect(rounded(totalNsByName(run), NS_PER_US)).toEqual(expected.totalUs);
    expect(misfits(run)).toBe(0);
  });

  it('counts lines from 1', async () => {
    const { run } = await importBytes(cpuprofileImporter, bytes);
    const span = Array.from(run.spans.nameId).findIndex((_, i) => spanName(run, i) === 'fibonacci');
    const source = sourceOf(run, run.spans.sourceId[span] ?? 0);
    expect(source).toMatchObject({ file: '/demo/program.js', line: 4, rung: 'frame' });
  });
});

describe('the samples of a V8 profile', () => {
  it('last to the next one, with what they share going on', async () => {
    expect(await spansOf(profile([6, 6, 7, 5], [0, 10, 10, 10]))).toEqual([
      'main 0+40',
      'a 0+20',
      'b 20+10',
    ]);
  });

  it('put the garbage collector on the stack that it interrupted', async () => {
    expect(await spansOf(profile([6, 4, 6], [0, 10, 10]))).toEqual([
      'main 0+30',
      'a 0+30',
      '(garbage collector) 10+10',
    ]);
  });

  it('bridge a lone (program), but not two of them and none beside (idle)', async () => {
    expect(await spansOf(profile([6, 2, 7], [0, 10, 10]))).toEqual([
      'main 0+30',
      'a 0+20',
      'b 20+10',
    ]);
    expect(await spansOf(profile([6, 2, 2, 6], [0, 10, 10, 10]))).toHaveLength(5);
    expect(await spansOf(profile([3, 2, 6], [0, 10, 10]))).toEqual([
      '(idle) 0+10',
      '(program) 10+10',
      'main 20+10',
      'a 20+10',
    ]);
  });

  it('count as at the time of their predecessor where they lie before it', async () => {
    const text = profile([6, 7, 6], [10, -5, 20], { endTime: 1030 });
    expect(await spansOf(text)).toEqual(['main 10+20', 'b 10+15', 'a 10+0', 'a 25+5']);
    const { run } = await importBytes(cpuprofileImporter, text);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      '1 samples lie before their predecessors',
    ]);
  });

  it('are evenly spaced where the writer states no deltas', async () => {
    const text = profile([6, 7], [], { endTime: 1020 });
    expect(await spansOf(text)).toEqual(['main 0+20', 'a 0+10', 'b 10+10']);
  });

  it('survive cycles, unknown nodes and ids that are there twice', async () => {
    const nodes = [
      node(1, '(root)', [2]),
      node(2, 'a', [3]),
      node(3, 'b', [2, 3]),
      node(4, 'c', [5]),
      node(5, 'd', [4]),
      node(2, 'again'),
    ];
    const text = JSON.stringify({
      nodes,
      samples: [3, 5, 99, 2],
      timeDeltas: [1, 1, 1, 1],
      startTime: 0,
    });
    const { run } = await importBytes(cpuprofileImporter, text);
    expect(spanCount(run)).toBeGreaterThan(0);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      '2 samples are of nodes that are not there',
      '3 nodes have no way to the root, or an id that is taken',
    ]);
  });
});
