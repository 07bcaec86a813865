import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartModel } from '../../../../src/profiler/chart/chartModel.ts';
import { type Run, spanName } from '../../../../src/profiler/model/run.ts';
import { NO_SPAN } from '../../../../src/profiler/model/units.ts';
import { unionLength } from '../../../../src/profiler/report/intervals.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

type Span = readonly [name: string, start: number, end: number, parent: number | null];

function modelOf(spans: readonly Span[]): ChartModel {
  const builder = newBuilder();
  const track = builder.track('main', 'thread');
  for (const [name, startNs, end, parent] of spans) {
    builder.addSpan({ name, startNs, durationNs: end - startNs, track, parent });
  }
  return new ChartModel(builder.finish({ status: 'done' }));
}

function isOutermost({ spans: { parent, nameId } }: Run, span: number): boolean {
  let above = parent[span] ?? NO_SPAN;
  while (above !== NO_SPAN && nameId[above] !== nameId[span]) above = parent[above] ?? NO_SPAN;
  return above === NO_SPAN;
}

describe('the functions of a run', () => {
  it('count recursion once in the total, and every call', () => {
    const { functions } = modelOf([
      ['walk', 0, 100, null],
      ['walk', 10, 60, 0],
      ['read', 20, 30, 1],
      ['read', 70, 90, 0],
    ]);
    const { rows, all } = functions.top(10);
    expect(all).toBe(2);
    expect(rows).toEqual([
      {
        ...{ nameId: 0, name: 'walk', count: 2, total: 100, self: 70 },
        ...{ max: 100, span: 0, errors: 0 },
      },
      {
        ...{ nameId: 1, name: 'read', count: 2, total: 30, self: 30 },
        ...{ max: 20, span: 3, errors: 0 },
      },
    ]);
    expect(functions.top(1).rows).toHaveLength(1);
  });

  it('agree with a look at every span', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        const totals = run.weights?.total ?? run.spans.durationNs;
        const selves = run.weights?.self ?? run.spans.selfNs;
        const { rows } = new ChartModel(run).functions.top(1000);
        let spans = 0;
        for (const { name, count, total, self } of rows) {
          const own = [...totals.keys()].filter((span) => spanName(run, span) === name);
          const outer = own.filter((span) => isOutermost(run, span));
          expect(count).toBe(own.length);
          expect(total).toBeCloseTo(
            outer.reduce((sum, span) => sum + (totals[span] ?? 0), 0),
            3,
          );
          expect(self).toBeCloseTo(
            own.reduce((sum, span) => sum + (selves[span] ?? 0), 0),
            3,
          );
          spans += count;
        }
        expect(spans).toBe(totals.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the aggregate of a stretch of time', () => {
  it('clips spans, and takes overlapping children from the self time once', () => {
    const model = modelOf([
      ['root', 0, 100, null],
      ['a', 10, 60, 0],
      ['b', 40, 80, 0],
      ['later', 200, 300, null],
    ]);
    const { names, spans, busy } = model.aggregate({ fromNs: 50, toNs: 90, tracks: [] }, 10);
    expect(spans).toBe(3);
    expect(busy).toBe(40);
    expect(names.map(({ name, total, self }) => [name, total, self])).toEqual([
      ['root', 40, 10],
      ['b', 30, 30],
      ['a', 10, 10],
    ]);
  });

  it('agrees with a look at every span, on some tracks and on all', () => {
    const selection = fc.record({
      from: fc.integer({ min: -10, max: 2500 }),
      length: fc.integer({ min: 0, max: 1500 }),
      tracks: fc.subarray([1, 2, 3]),
    });
    fc.assert(
      fc.property(runArbitrary, selection, (run, { from, length, tracks }) => {
        fc.pre(run.weights === null);
        const to = from + length;
        const { startNs, durationNs, trackId, parent } = run.spans;
        const clipped = (span: number): [number, number] => {
          const start = startNs[span] ?? 0;
          return [Math.max(start, from), Math.min(start + (durationNs[span] ?? 0), to)];
        };
        const within = [...startNs.keys()].filter((span) => {
          const [begin, end] = clipped(span);
          const isChosen = tracks.length === 0 || tracks.includes(trackId[span] ?? 0);
          const isPoint = durationNs[span] === 0 && end >= begin && begin < to;
          return isChosen && (end > begin || isPoint);
        });
        const model = new ChartModel(run);
        const found = model.aggregate({ fromNs: from, toNs: to, tracks }, 1000);
        expect(found.spans).toBe(within.length);
        expect(found.busy).toBeCloseTo(unionLength(within.map(clipped)), 6);
        for (const { name, total, self } of found.names) {
          const own = within.filter((span) => spanName(run, span) === name);
          const lengthOf = (span: number): number => {
            const [begin, end] = clipped(span);
            return end - begin;
          };
          const outer = own.filter((span) => isOutermost(run, span));
          expect(total).toBeCloseTo(
            outer.reduce((sum, span) => sum + lengthOf(span), 0),
            6,
          );
          const covered = (span: number): number => {
            const [begin, end] = clipped(span);
            const children = [...parent.keys()].filter((child) => parent[child] === span);
            return unionLength(
              children.map((child) => {
                const [first, last] = clipped(child);
                return [Math.max(first, begin), Math.min(last, end)] as const;
              }),
            );
          };
          expect(self).toBeCloseTo(
            own.reduce((sum, span) => sum + lengthOf(span) - covered(span), 0),
            6,
          );
        }
      }),
    );
  });
});

describe('the sandwich of a name', () => {
  it('shows callers and callees, each as wide as the calls', () => {
    const model = modelOf([
      ['main', 0, 100, null],
      ['job', 0, 40, 0],
      ['parse', 0, 30, 1],
      ['read', 0, 10, 2],
      ['other', 50, 100, 0],
      ['parse', 50, 70, 4],
      ['parse', 50, 60, 5],
    ]);
    const name = [...model.names.strings.keys()].find(
      (id) => model.run.strings[model.names.strings[id] ?? 0] === 'parse',
    );
    const { total, callers, callees } = model.sandwich(name ?? -1);
    expect(total).toMatchObject({ name: 'parse', count: 3, total: 50 });
    const text = ({ name: ids, row, start, duration }: typeof callers): string[] =>
      Array.from(ids, (id, i) => {
        const of = model.run.strings[model.names.strings[id] ?? 0] ?? '';
        return `${row[i]} ${of} ${start[i]}+${duration[i]}`;
      });
    expect(text(callers)).toEqual([
      '0 parse 0+50',
      '1 job 0+30',
      '1 other 30+20',
      '2 main 0+30',
      '2 main 30+20',
    ]);
    expect(text(callees)).toEqual(['0 parse 0+50', '1 parse 0+10', '1 read 10+10']);
  });

  it('has callers and callees as wide as all stacks of the name, whatever the run', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        const model = new ChartModel(run);
        for (const name of model.names.strings.keys()) {
          const { callers, callees } = model.sandwich(name);
          for (const half of [callers, callees]) {
            expect(half.name[0]).toBe(name);
            expect(half.duration[0]).toBeCloseTo(callers.duration[0] ?? 0, 6);
            for (let row = 1; row < 4; row += 1) {
              const inRow = half.duration.filter((_, i) => half.row[i] === row);
              const width = inRow.reduce((sum, each) => sum + each, 0);
              expect(width).toBeLessThanOrEqual((half.duration[0] ?? 0) + 1e-6);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('survives very many stacks that are very deep', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    let parent: number | null = null;
    for (let depth = 0; depth < 4000; depth += 1) {
      parent = builder.addSpan({ name: `f${depth}`, startNs: 0, durationNs: 9, track, parent });
      builder.addSpan({ name: 'leaf', startNs: 0, durationNs: 1, track, parent });
    }
    const model = new ChartModel(builder.finish({ status: 'done' }));
    const leaf = model.run.strings.indexOf('leaf');
    const { callers } = model.sandwich((model.names.places[leaf] ?? 0) - 1);
    expect(callers.row.length).toBeLessThanOrEqual(200_000);
  });
});
