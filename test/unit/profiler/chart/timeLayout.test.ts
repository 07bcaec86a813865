import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PIECE_SPANS,
  piecesOf,
  spansOfPiece,
  timeLayout,
  trackOf,
} from '../../../../src/profiler/chart/timeLayout.ts';
import { buildRun, newBuilder, runArbitrary, spansArbitrary } from '../runFixture.ts';

describe('the layout of a run over time', () => {
  it('puts children below their parents and the lanes of a track one below the other', () => {
    const builder = newBuilder();
    const track = builder.track('worker', 'thread');
    const span = (name: string, startNs: number, durationNs: number, parent: number | null) =>
      builder.addSpan({ name, startNs, durationNs, track, parent });
    const first = span('first', 0, 100, null);
    span('child', 10, 20, first);
    span('overlapping', 50, 100, null);
    span('after', 200, 10, null);
    const run = builder.finish({ status: 'done' });
    const layout = timeLayout(run);
    const [drawn] = layout.tracks;
    expect(drawn).toMatchObject({ id: track, name: 'worker', rows: 3, from: 0, to: 4 });
    const names = Array.from(layout.order, (at) => run.strings[run.spans.nameId[at] ?? 0]);
    expect(names).toEqual(['first', 'after', 'child', 'overlapping']);
    expect(Array.from(layout.order, (at) => layout.row[at])).toEqual([0, 0, 1, 2]);
  });

  it('draws each process with its threads, then resources, then counters, process by process', () => {
    const builder = newBuilder();
    const kinds = [
      ['memory', 'counter'],
      ['audio:a.wav', 'resource'],
      ['web / loop', 'thread'],
      ['alone', 'thread'],
      ['db', 'process'],
      ['web', 'process'],
      ['web / queue', 'counter'],
      ['nothing lies here', 'thread'],
    ] as const;
    for (const [name, kind] of kinds) {
      const track = builder.track(name, kind);
      if (kind === 'counter') builder.addSample(name, '1', track, 0, 1);
      else if (!['web', 'nothing lies here'].includes(name)) {
        builder.addSpan({ name, startNs: 0, durationNs: 1, track, parent: null });
      }
    }
    const { tracks } = timeLayout(builder.finish({ status: 'done' }));
    expect(tracks.map(({ name }) => name)).toEqual([
      'db',
      'web',
      'web / loop',
      'alone',
      'audio:a.wav',
      'memory',
      'web / queue',
    ]);
  });

  it('cuts long tracks into pieces', () => {
    const track = { from: 10, to: 10 + 2 * PIECE_SPANS + 1 };
    expect(piecesOf(track)).toBe(3);
    expect(piecesOf({ from: 5, to: 5 })).toBe(0);
  });

  it('has no tracks for a run without time order', () => {
    const builder = newBuilder({ weightUnit: 'samples' });
    const track = builder.track('stacks', 'thread');
    builder.addWeight(
      builder.addSpan({ name: 'a', startNs: 0, durationNs: 0, track, parent: null }),
      3,
    );
    expect(timeLayout(builder.finish({ status: 'done' })).tracks).toEqual([]);
  });

  it('has every span in exactly one piece of its own track', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        fc.pre(run.weights === null);
        const layout = timeLayout(run);
        const seen: number[] = [];
        for (const track of layout.tracks) {
          for (let piece = 0; piece < piecesOf(track); piece += 1) {
            for (const span of spansOfPiece(layout, track, piece)) {
              seen.push(span);
              expect(run.spans.trackId[span]).toBe(track.id);
              expect(layout.row[span]).toBeLessThan(track.rows);
            }
          }
        }
        seen.sort((a, b) => a - b);
        expect(seen).toEqual([...run.spans.startNs.keys()]);
      }),
    );
  });

  it('never holds overlapping spans in a row, and orders them by row, then start', () => {
    fc.assert(
      fc.property(spansArbitrary, (spans) => {
        const run = buildRun(spans);
        const { startNs, durationNs, trackId } = run.spans;
        const layout = timeLayout(run);
        for (const { from, to, id } of layout.tracks) {
          for (let at = from + 1; at < to; at += 1) {
            const [before = 0, span = 0] = layout.order.subarray(at - 1, at + 1);
            expect(trackId[span]).toBe(id);
            const down = (layout.row[span] ?? 0) - (layout.row[before] ?? 0);
            expect(down).toBeGreaterThanOrEqual(0);
            if (down > 0) continue;
            const end = (startNs[before] ?? 0) + (durationNs[before] ?? 0);
            expect(startNs[span]).toBeGreaterThanOrEqual(end);
          }
        }
      }),
    );
  });

  it('finds a track by its id', () => {
    const run = buildRun([]);
    expect(trackOf(timeLayout(run), 0)).toBeUndefined();
  });
});
