import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffRuns } from '../../../../src/profiler/diff/diffRuns.ts';
import { wallShares } from '../../../../src/profiler/diff/wallShares.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { buildRun, newBuilder, spansArbitrary } from '../runFixture.ts';

type Planned = readonly [
  name: string,
  start: number,
  end: number,
  parent?: number | undefined,
  track?: string,
];

function runWith(spans: readonly Planned[], work: Record<string, number> = {}): Run {
  const builder = newBuilder();
  for (const [name, start, end, parent, track = 'main'] of spans) {
    builder.addSpan({
      name,
      startNs: start,
      durationNs: end - start,
      track: builder.track(track, 'thread'),
      parent: parent ?? null,
    });
  }
  builder.addWork('voice', { unit: 'segments', itemsIn: 10, itemsOut: 8, loads: work });
  return builder.finish({ status: 'done' });
}

function weighted(stacks: Readonly<Record<string, number>>, unit = 'samples'): Run {
  const builder = newBuilder({ weightUnit: unit });
  const track = builder.track('main', 'thread');
  const known = new Map<string, number>();
  for (const [stack, weight] of Object.entries(stacks)) {
    let parent: number | null = null;
    let path = '';
    for (const name of stack.split(';')) {
      path += `;${name}`;
      const handle: number =
        known.get(path) ?? builder.addSpan({ name, startNs: 0, durationNs: 0, track, parent });
      known.set(path, handle);
      parent = handle;
    }
    if (parent !== null) builder.addWeight(parent, weight);
  }
  return builder.finish({ status: 'done' });
}

const contributions = (a: Run, b: Run) =>
  Object.fromEntries(diffRuns(a, b).waterfall.steps.map(({ name, delta }) => [name, delta]));

describe('wallShares', () => {
  it('gives a moment to the innermost spans, in equal parts where several run side by side', () => {
    const run = runWith([
      ['job', 0, 100],
      ['left', 10, 50, 0, 'one'],
      ['right', 30, 90, 0, 'two'],
      ['after', 120, 130],
    ]);
    const { shareNs, idleNs, wallNs } = wallShares(run);
    expect(Array.from(shareNs)).toEqual([20, 30, 50, 10]);
    expect(idleNs).toBe(20);
    expect(wallNs).toBe(130);
  });

  it('leaves nothing over, whatever the spans are', () => {
    fc.assert(
      fc.property(spansArbitrary, (spans) => {
        const { shareNs, idleNs, wallNs } = wallShares(buildRun(spans));
        expect(shareNs.every((share) => share >= 0)).toBe(true);
        const sum = shareNs.reduce((total, share) => total + share, idleNs);
        expect(Math.abs(sum - wallNs)).toBeLessThanOrEqual(1e-9 * Math.max(1, wallNs));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('diffRuns', () => {
  it('explains a slow-down by what grew on the way through the run', () => {
    const before = runWith([
      ['job', 0, 100],
      ['load', 0, 20, 0],
      ['encode', 20, 100, 0],
    ]);
    const after = runWith([
      ['job', 0, 190],
      ['load', 0, 60, 0],
      ['load', 60, 100, 0],
      ['encode', 100, 185, 0],
    ]);
    expect(contributions(before, after)).toEqual({ load: 80, encode: 5, job: 5 });
    const { waterfall } = diffRuns(before, after);
    expect(waterfall.totalB - waterfall.totalA).toBe(90);
    expect(waterfall.explainedShare).toBe(1);
  });

  it('does not count work that ran beside other work twice', () => {
    const before = runWith([
      ['one', 0, 100, undefined, 'a'],
      ['two', 0, 100, undefined, 'b'],
    ]);
    const after = runWith([
      ['one', 0, 100, undefined, 'a'],
      ['two', 100, 200, undefined, 'b'],
    ]);
    expect(contributions(before, after)).toEqual({ one: 50, two: 50 });
  });

  it('names time in which nothing ran', () => {
    const before = runWith([
      ['one', 0, 10],
      ['two', 10, 20],
    ]);
    const after = runWith([
      ['one', 0, 10],
      ['two', 40, 50],
    ]);
    expect(contributions(before, after)).toEqual({ one: 0, two: 0, '(idle)': 30 });
    expect(diffRuns(before, after).waterfall.explainedShare).toBe(0);
  });

  it('sums to the difference of the wall times exactly', () => {
    fc.assert(
      fc.property(spansArbitrary, spansArbitrary, (spansA, spansB) => {
        const a = buildRun(spansA);
        const b = buildRun(spansB);
        const { steps, totalA, totalB } = diffRuns(a, b).waterfall;
        expect(steps.reduce((sum, { delta }) => sum + delta, 0)).toBe(totalB - totalA);
        expect(totalA).toBe(Math.round(wallShares(a).wallNs));
        expect(totalB).toBe(Math.round(wallShares(b).wallNs));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('counts a renamed span under one label', () => {
    const named = (name: string) =>
      runWith([
        [name, 0, 100],
        ['load', 0, 20, 0],
        ['encode', 20, 90, 0],
      ]);
    expect(contributions(named('nightly'), named('by hand'))).toEqual({
      'nightly → by hand': 0,
      load: 0,
      encode: 0,
    });
  });

  it('puts many names that differ in numbers into one step', () => {
    const items = (length: number) =>
      runWith(
        Array.from({ length: 20 }, (_, i): Planned => [`item ${i}`, i * length, (i + 1) * length]),
      );
    expect(contributions(items(5), items(7))).toEqual({ 'item #': 40 });
  });

  it('says which exact figures changed', () => {
    const one = runWith([['a', 0, 1]], { 'audio:x': 1, 'model:m': 1 });
    const many = runWith([['a', 0, 1]], { 'audio:x': 43 });
    expect(diffRuns(one, many).counters).toEqual([
      { stage: 'voice', counter: 'loads:audio:x', a: 1, b: 43 },
      { stage: 'voice', counter: 'loads:model:m', a: 1, b: null },
    ]);
  });

  it('compares call trees without time by what they weigh', () => {
    const before = weighted({ 'main;read': 10, 'main;parse;scan': 30, 'main;old': 5 });
    const after = weighted({ 'main;read': 10, 'main;parse;scan': 50, 'main;new': 1 });
    const { unit, waterfall, alignment } = diffRuns(before, after);
    expect(unit).toBe('samples');
    expect(waterfall.steps.slice(0, 3)).toMatchObject([
      { name: 'scan', a: 30, b: 50, delta: 20 },
      { name: 'old', a: 5, b: 0, delta: -5 },
      { name: 'new', a: 0, b: 1, delta: 1 },
    ]);
    expect(waterfall.totalB - waterfall.totalA).toBe(16);
    expect([alignment.pairA.length, alignment.onlyInA.length, alignment.onlyInB.length]).toEqual([
      4, 1, 1,
    ]);
  });

  it('refuses to compare what has no common unit', () => {
    const time = runWith([['a', 0, 1]]);
    expect(() => diffRuns(time, weighted({ a: 1 }))).toThrow(
      expect.objectContaining({ code: 'diff.incomparable' }),
    );
    expect(() => diffRuns(weighted({ a: 1 }, 'bytes'), weighted({ a: 1 }))).toThrow(
      expect.objectContaining({ code: 'diff.incomparable' }),
    );
  });
});
