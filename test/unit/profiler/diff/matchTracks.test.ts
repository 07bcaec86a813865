import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignRuns } from '../../../../src/profiler/diff/alignRuns.ts';
import { matchTracks } from '../../../../src/profiler/diff/matchTracks.ts';
import type { Run, TrackKind } from '../../../../src/profiler/model/run.ts';
import { buildRun, newBuilder, spansArbitrary } from '../runFixture.ts';

type Planned = readonly [track: string, kind: TrackKind, ...names: string[]];

function runOf(...tracks: readonly Planned[]): Run {
  const builder = newBuilder();
  for (const [name, kind, ...spans] of tracks) {
    const track = builder.track(name, kind);
    spans.forEach((span, i) =>
      builder.addSpan({ name: span, startNs: i * 10, durationNs: 10, track, parent: null }),
    );
  }
  return builder.finish({ status: 'done' });
}

const named = (a: Run, b: Run) =>
  matchTracks(a, b, alignRuns(a, b)).map((pair) => [
    pair.a === null ? null : a.tracks[pair.a]?.name,
    pair.b === null ? null : b.tracks[pair.b]?.name,
  ]);

describe('matchTracks', () => {
  it('pairs by name and kind, whatever the order', () => {
    const a = runOf(['main', 'process', 'job'], ['gpu', 'resource', 'load']);
    const b = runOf(['gpu', 'resource', 'load'], ['main', 'process', 'job']);
    expect(named(a, b)).toEqual([
      ['main', 'main'],
      ['gpu', 'gpu'],
    ]);
  });

  it('pairs renamed tracks by the spans that lie on them', () => {
    const a = runOf(['decoder', 'thread', 'read', 'parse'], ['writer', 'thread', 'write']);
    const b = runOf(['output', 'thread', 'write'], ['input', 'thread', 'read', 'parse']);
    expect(named(a, b)).toEqual([
      ['decoder', 'input'],
      ['writer', 'output'],
    ]);
  });

  it('pairs names that differ in process ids only, and leaves the rest alone', () => {
    const a = runOf(['worker 4711', 'process', 'x'], ['cache', 'resource']);
    const b = runOf(['worker 99', 'process', 'y'], ['disk', 'resource']);
    expect(named(a, b)).toEqual([
      ['worker 4711', 'worker 99'],
      ['cache', null],
      [null, 'disk'],
    ]);
  });

  it('never pairs tracks of different kinds', () => {
    const a = runOf(['main', 'process', 'job']);
    const b = runOf(['main', 'thread', 'job']);
    expect(named(a, b)).toEqual([
      ['main', null],
      [null, 'main'],
    ]);
  });

  it('puts every track into exactly one pair', () => {
    fc.assert(
      fc.property(spansArbitrary, spansArbitrary, (spansA, spansB) => {
        const a = buildRun(spansA);
        const b = buildRun(spansB);
        const pairs = matchTracks(a, b, alignRuns(a, b));
        const of = (side: 'a' | 'b') =>
          pairs.flatMap((pair) => pair[side] ?? []).sort((x, y) => x - y);
        expect(of('a')).toEqual(a.tracks.map(({ id }) => id));
        expect(of('b')).toEqual(b.tracks.map(({ id }) => id));
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
