import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeOf, attributesOf } from '../../../../src/profiler/model/attributes.ts';
import { rowsInLanes } from '../../../../src/profiler/model/lanes.ts';
import { type Run, sourceOf, spanCount, spanName } from '../../../../src/profiler/model/run.ts';
import { buildRun, newBuilder, spansArbitrary } from '../runFixture.ts';

const names = (run: Run) => Array.from(run.spans.startNs, (_, i) => spanName(run, i));
const column = (values: ArrayLike<number>) => Array.from(values);

describe('RunBuilder', () => {
  it('orders spans by time and turns handles into indices', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'process');
    const root = builder.openSpan({ name: 'root', startNs: 0, track, parent: null });
    builder.addSpan({ name: 'late', startNs: 60, durationNs: 20, track, parent: root });
    builder.addSpan({ name: 'early', startNs: 10, durationNs: 20, track, parent: root });
    builder.closeSpan(root, 100, 1);
    const run = builder.finish({ status: 'done' });
    expect(names(run)).toEqual(['root', 'early', 'late']);
    expect(column(run.spans.parent)).toEqual([-1, 0, 0]);
    expect(column(run.spans.depth)).toEqual([0, 1, 1]);
    expect(column(run.spans.selfNs)).toEqual([60, 20, 20]);
    expect(column(run.spans.lane)).toEqual([0, 0, 0]);
    expect(column(rowsInLanes(run.spans))).toEqual([0, 1, 1]);
    expect(run.tracks).toEqual([{ id: 0, name: 'main', kind: 'process', lanes: 1 }]);
  });

  it('takes the union of overlapping children, clipped, from the self time', () => {
    const builder = newBuilder();
    const main = builder.track('main', 'process');
    const other = builder.track('worker', 'process');
    const root = builder.addSpan({
      name: 'r',
      startNs: 0,
      durationNs: 100,
      track: main,
      parent: null,
    });
    for (const [startNs, durationNs] of [
      [-10, 20],
      [5, 30],
      [20, 10],
      [90, 50],
    ] as const) {
      builder.addSpan({ name: 'c', startNs, durationNs, track: other, parent: root });
    }
    const run = builder.finish({ status: 'done' });
    expect(run.spans.selfNs[names(run).indexOf('r')]).toBe(100 - 35 - 10);
  });

  it('packs overlapping spans of one track into lanes', () => {
    const builder = newBuilder();
    const track = builder.track('pool', 'process');
    for (const startNs of [0, 5, 10, 15]) {
      builder.addSpan({ name: `u${startNs}`, startNs, durationNs: 10, track, parent: null });
    }
    const run = builder.finish({ status: 'done' });
    expect(column(run.spans.lane)).toEqual([0, 1, 0, 1]);
    expect(run.tracks[0]?.lanes).toBe(2);
  });

  it('finds parents that come later, by id, and infers those that nobody stated', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    builder.addSpan({ name: 'child', startNs: 2, durationNs: 3, track, parentId: 7n });
    builder.addSpan({ name: 'parent', startNs: 0, durationNs: 9, track, id: 7n, parent: null });
    builder.addSpan({ name: 'inner', startNs: 3, durationNs: 1, track });
    builder.addSpan({ name: 'orphan', startNs: 4, durationNs: 1, track, parentId: 99n });
    const run = builder.finish({ status: 'done' });
    expect(names(run)).toEqual(['parent', 'child', 'inner', 'orphan']);
    expect(column(run.spans.parent)).toEqual([-1, 0, 1, -1]);
    expect(column(run.spanIds?.subarray(0, 1) as never)).toEqual([7n]);
  });

  it('cuts cycles and says so', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    builder.addSpan({ name: 'a', startNs: 0, durationNs: 5, track, id: 1n, parentId: 2n });
    builder.addSpan({ name: 'b', startNs: 0, durationNs: 5, track, id: 2n, parentId: 1n });
    const run = builder.finish({ status: 'done' });
    expect(column(run.spans.parent).filter((parent) => parent === -1)).toHaveLength(1);
    expect(run.provenance.rejected[0]?.reason).toContain('cycles');
  });

  it('begins at the earliest time', () => {
    const builder = newBuilder({ epochNs: 1000n });
    const track = builder.track('main', 'thread');
    builder.addSpan({ name: 'a', startNs: -300, durationNs: 5, track, parent: null });
    builder.addSample('m', 'By', track, 0, 1);
    const run = builder.finish({ status: 'done' });
    expect(run.epochNs).toBe(700n);
    expect(run.spans.startNs[0]).toBe(0);
    expect(run.counters[0]?.timesNs[0]).toBe(300);
  });

  it.each([Number.NaN, Infinity, -1])('refuses a duration of %s', (durationNs) => {
    const builder = newBuilder();
    const add = () => builder.addSpan({ name: 'a', startNs: 0, durationNs, track: 0 });
    expect(add).toThrow(expect.objectContaining({ code: 'span.invalid-time' }));
    expect(builder.spanCount).toBe(0);
  });

  it('keeps attributes of every type', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const kept = {
      s: 'x',
      i: 3,
      d: 0.5,
      b: true,
      big: 2n ** 60n,
      list: ['a', 'b'],
    };
    const attributes = { ...kept, none: undefined };
    builder.addSpan({ name: 'a', startNs: 0, durationNs: 1, track, parent: null, attributes });
    builder.setAttributes(0, { s: 'later' });
    const run = builder.finish({ status: 'done' });
    expect(Object.fromEntries(attributesOf(run, 0))).toEqual({ ...kept, s: 'later' });
    expect(attributeOf(run, 0, 's')).toBe('later');
    expect(attributeOf(run, 0, 'none')).toBeUndefined();
  });

  it('adds weights up the tree of a run without time', () => {
    const builder = newBuilder({ weightUnit: 'samples' });
    const track = builder.track('main', 'thread');
    const add = (name: string, parent: number | null) =>
      builder.addSpan({ name, startNs: 0, durationNs: 0, track, parent });
    const root = add('root', null);
    const a = add('a', root);
    const b = add('b', a);
    builder.addWeight(a, 2);
    builder.addWeight(b, 5);
    builder.addWeight(b, 1);
    const run = builder.finish({ status: 'done' });
    expect(run.weights?.unit).toBe('samples');
    expect(column(run.weights?.total ?? [])).toEqual([8, 8, 6]);
    expect(column(run.weights?.self ?? [])).toEqual([0, 2, 6]);
  });

  it('nests a hundred thousand deep without recursion', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    for (let i = 0; i < 100_000; i += 1) {
      builder.addSpan({ name: 'f', startNs: i, durationNs: 200_000 - 2 * i, track });
    }
    const run = builder.finish({ status: 'done' });
    expect(run.spans.depth.at(-1)).toBe(65_535);
    expect(run.spans.parent.at(-1)).toBe(99_998);
    expect(run.tracks[0]?.lanes).toBe(1);
  });

  it('loses no span, and lets none overlap another in its lane and row', () => {
    fc.assert(
      fc.property(spansArbitrary, (spans) => {
        const run = buildRun(spans);
        expect(spanCount(run)).toBe(spans.length);
        expect([...names(run)].sort()).toEqual(spans.map(({ name }) => name.toWellFormed()).sort());
        const rows = rowsInLanes(run.spans);
        const ends = new Map<string, number>();
        run.spans.startNs.forEach((start, i) => {
          const place = [run.spans.trackId[i], run.spans.lane[i], rows[i]].join();
          expect(start).toBeGreaterThanOrEqual(ends.get(place) ?? 0);
          ends.set(place, start + (run.spans.durationNs[i] ?? 0));
        });
      }),
    );
  });

  it('keeps times, self times, sources and depths right for spans in any order', () => {
    fc.assert(
      fc.property(spansArbitrary, (spans) => {
        const run = buildRun(spans);
        const { startNs, durationNs, selfNs, parent, depth } = run.spans;
        for (let i = 0; i < spans.length; i += 1) {
          const owner = parent[i] ?? -1;
          expect(depth[i]).toBe(owner < 0 ? 0 : (depth[owner] ?? 0) + 1);
          const covered = new Set<number>();
          for (let child = 0; child < spans.length; child += 1) {
            if (parent[child] !== i) continue;
            const from = Math.max(startNs[child] ?? 0, startNs[i] ?? 0);
            const childEnd = (startNs[child] ?? 0) + (durationNs[child] ?? 0);
            const to = Math.min(childEnd, (startNs[i] ?? 0) + (durationNs[i] ?? 0));
            for (let ns = from; ns < to; ns += 1) covered.add(ns);
          }
          expect(selfNs[i]).toBe((durationNs[i] ?? 0) - covered.size);
        }
        const sourced = spans.filter(({ source }) => source !== null).length;
        const found = column(run.spans.sourceId).filter((id) => sourceOf(run, id) !== null);
        expect(found).toHaveLength(sourced);
      }),
    );
  });
});
