import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartModel } from '../../../../src/profiler/chart/chartModel.ts';
import {
  decimatedCounter,
  placedLinks,
  thinnedInstants,
} from '../../../../src/profiler/chart/points.ts';
import { LOG_LEVEL } from '../../../../src/profiler/model/columns.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

describe('instants', () => {
  it('keep the worst of each stretch where there are too many', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const span = builder.addSpan({ name: 's', startNs: 0, durationNs: 100, track, parent: null });
    for (let at = 0; at < 100; at += 1) {
      const level = at === 37 ? 'fatal' : at % 10 === 5 ? 'warn' : 'info';
      const here = at === 37 ? { span } : {};
      builder.addInstant({ kind: 'log', level, text: `line ${at}`, timeNs: at, track, ...here });
    }
    const run = builder.finish({ status: 'done' });
    const all = thinnedInstants(run, 100, 100);
    expect([...all.instant]).toEqual([...Array(100).keys()]);
    const few = thinnedInstants(run, 100, 10);
    expect([...few.instant]).toEqual([5, 15, 25, 37, 45, 55, 65, 75, 85, 95]);
    expect(few.level[3]).toBe(LOG_LEVEL.fatal);
    expect([...few.span]).toEqual([0, 0, 0, span + 1, 0, 0, 0, 0, 0, 0]);
  });

  it('never lose the worst, stay in order and within the limit', () => {
    fc.assert(
      fc.property(runArbitrary, fc.integer({ min: 1, max: 4 }), (run, limit) => {
        const { extent } = new ChartModel(run);
        const { level, time } = thinnedInstants(run, extent, limit);
        expect(level.length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(Math.max(-1, ...level)).toBe(Math.max(-1, ...run.instants.level));
        expect([...time]).toEqual([...time].sort((a, b) => a - b));
      }),
    );
  });
});

describe('counters', () => {
  it('keep the least and the greatest of each stretch', () => {
    const timesNs = Float64Array.from({ length: 1000 }, (_, i) => i);
    const values = timesNs.map((at) => (at === 333 ? -9 : at === 777 ? 99 : Math.sin(at)));
    const counter = { name: 'c', unit: '1', trackId: 0, timesNs, values };
    const { time, value } = decimatedCounter(counter, 1000, 20);
    expect(time.length).toBeLessThanOrEqual(20);
    expect([...value]).toContain(-9);
    expect([...value]).toContain(99);
    expect([...time]).toEqual([...time].sort((a, b) => a - b));
    expect(decimatedCounter(counter, 1000, 1000).time).toHaveLength(1000);
    expect(decimatedCounter(counter, 1000, 2).time).toHaveLength(2);
  });
});

describe('links', () => {
  it('tell where both ends are drawn, at most so many', () => {
    const builder = newBuilder();
    const one = builder.track('one', 'thread');
    const two = builder.track('two', 'thread');
    const from = builder.addSpan({
      ...{ name: 'from', startNs: 5, durationNs: 10, track: one, parent: null },
    });
    const holder = builder.addSpan({
      ...{ name: 'holder', startNs: 0, durationNs: 90, track: two, parent: null },
    });
    const to = builder.addSpan({
      ...{ name: 'to', startNs: 20, durationNs: 10, track: two, parent: holder },
    });
    for (let i = 0; i < 5; i += 1) builder.addLink(from, to);
    const model = new ChartModel(builder.finish({ status: 'done' }));
    const {
      fromTime,
      toTime,
      fromTrack,
      toTrack,
      fromRow,
      toRow,
      to: ends,
    } = placedLinks(model.run, model.layout, 3);
    expect(ends).toHaveLength(3);
    expect([fromTime[0], toTime[0]]).toEqual([15, 20]);
    expect([fromTrack[0], toTrack[0], fromRow[0], toRow[0]]).toEqual([one, two, 0, 1]);
  });
});

describe('a search', () => {
  it('finds parts of names whatever their case, in order, with the number of all', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    for (const [i, name] of ['Load Model', 'other', 'reload', 'LOAD'].entries()) {
      builder.addSpan({ name, startNs: i * 10, durationNs: 5, track, parent: null });
    }
    const model = new ChartModel(builder.finish({ status: 'done' }));
    expect([...model.search('time', 'load', 10).spans]).toEqual([0, 2, 3]);
    expect(model.search('time', 'Load', 2)).toEqual({ spans: Uint32Array.of(0, 2), total: 3 });
    expect(model.search('time', '', 10).total).toBe(0);
    expect(model.search('left-heavy', 'load', 10).total).toBe(3);
  });
});
