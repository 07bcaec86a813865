import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAG } from '../../../../src/profiler/chart/chartColumns.ts';
import { ChartModel, type DrawnView } from '../../../../src/profiler/chart/chartModel.ts';
import { HeaviestNames } from '../../../../src/profiler/chart/heaviestNames.ts';
import { piecesOf } from '../../../../src/profiler/chart/timeLayout.ts';
import { SPAN_STATUS } from '../../../../src/profiler/model/spanStatus.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

describe('the overview of a run', () => {
  it('tells for each bucket how busy it is, how deep, with which name, and how bad', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const root = builder.addSpan({ name: 'root', startNs: 0, durationNs: 60, track, parent: null });
    builder.addSpan({ name: 'load', startNs: 0, durationNs: 26, track, parent: root });
    builder.addSpan({
      ...{ name: 'save', startNs: 35, durationNs: 1, track, parent: root },
      status: SPAN_STATUS.error,
    });
    builder.addSpan({ name: 'late', startNs: 90, durationNs: 10, track, parent: null });
    const model = new ChartModel(builder.finish({ status: 'done' }));
    const { name, busy, depth, flags } = model.overview('time', 5);
    const names = Array.from(name, (id) => model.run.strings[model.names.strings[id] ?? 0]);
    expect(names).toEqual(['load', 'root', 'root', 'root', 'late']);
    expect([...busy]).toEqual([255, 255, 255, 0, 128]);
    expect([...depth]).toEqual([2, 2, 1, 0, 1]);
    expect([...flags]).toEqual([0, SPAN_FLAG.error, 0, 0, 0]);
  });

  it('never loses a flag: an error without length shows at any width', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    builder.addSpan({ name: 'hours', startNs: 0, durationNs: 1e13, track, parent: null });
    builder.addSpan({
      ...{ name: 'instant', startNs: 1e13, durationNs: 0, track, parent: null },
      status: SPAN_STATUS.error,
    });
    const model = new ChartModel(builder.finish({ status: 'done' }));
    for (const buckets of [1, 7, 8192]) {
      const { flags, busy } = model.overview('time', buckets);
      expect(flags[buckets - 1]).toBe(SPAN_FLAG.error);
      expect(busy[buckets - 1]).toBe(255);
    }
  });

  it('has in each track exactly the flags of its pieces, in both views', () => {
    fc.assert(
      fc.property(runArbitrary, fc.integer({ min: 1, max: 50 }), (run, buckets) => {
        const model = new ChartModel(run);
        for (const view of ['time', 'left-heavy'] as const) {
          const { flags } = model.overview(view, buckets);
          tracksOf(model, view).forEach(({ id, pieces }, place) => {
            let or = 0;
            for (let piece = 0; piece < pieces; piece += 1) {
              for (const each of model.piece(view, id, piece)?.flags ?? []) or |= each;
            }
            const bands = flags.subarray(place * buckets, (place + 1) * buckets);
            expect(bands.reduce((sum, each) => sum | each, 0)).toBe(or);
          });
        }
      }),
    );
  });

  it('agrees with a look at every span', () => {
    fc.assert(
      fc.property(runArbitrary, fc.integer({ min: 1, max: 20 }), (run, buckets) => {
        fc.pre(run.weights === null);
        const model = new ChartModel(run);
        const { depth, flags, busy } = model.overview('time', buckets);
        const { startNs, durationNs, trackId } = run.spans;
        model.layout.tracks.forEach(({ id }, place) => {
          for (let bucket = 0; bucket < buckets; bucket += 1) {
            const rows = new Set<number>();
            let or = 0;
            startNs.forEach((start, span) => {
              if (trackId[span] !== id) return;
              const [first, last] = touched(
                start,
                start + (durationNs[span] ?? 0),
                model.extent,
                buckets,
              );
              if (bucket < first || bucket > last) return;
              rows.add(model.layout.row[span] ?? 0);
              or |= model.flags('time')[span] ?? 0;
            });
            const at = place * buckets + bucket;
            expect(depth[at]).toBe(rows.size);
            expect(flags[at]).toBe(or);
            expect((busy[at] ?? 0) > 0).toBe(rows.size > 0);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the heaviest names', () => {
  it('are right where four names share a cell, and keep the one with more than a quarter', () => {
    const cells = new HeaviestNames({ count: 2, perUnit: 0.1 });
    for (const [name, from, to] of [
      [7, 10, 11],
      [8, 11, 15],
      [9, 4, 12],
      [7, 15, 20],
    ] as const) {
      cells.paint(name, from, to);
    }
    expect([cells.nameOf(0), cells.nameOf(1)]).toEqual([9, 7]);
    const crowd = new HeaviestNames({ count: 1, perUnit: 1 });
    expect(crowd.nameOf(0)).toBe(0);
    for (let i = 0; i < 1000; i += 1) {
      crowd.paint(1000 + i, i / 2000, (i + 1) / 2000);
      crowd.paint(3, i / 2000, (i + 1) / 2000);
    }
    expect(crowd.nameOf(0)).toBe(3);
  });
});

function tracksOf(model: ChartModel, view: DrawnView): { id: number; pieces: number }[] {
  if (view === 'left-heavy') {
    return [{ id: 0, pieces: piecesOf({ from: 0, to: model.leftHeavy.row.length }) }];
  }
  return model.layout.tracks.map((track) => ({ id: track.id, pieces: piecesOf(track) }));
}

function touched(from: number, to: number, extent: number, buckets: number): [number, number] {
  const scale = extent > 0 ? buckets / extent : 0;
  const first = Math.min(buckets - 1, Math.floor(from * scale));
  return [first, Math.max(first, Math.min(buckets - 1, Math.ceil(to * scale) - 1))];
}
