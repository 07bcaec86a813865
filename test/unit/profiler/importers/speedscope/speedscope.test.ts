import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { speedscopeImporter } from '../../../../../src/profiler/importers/speedscope/speedscope.ts';
import { type Run, spanCount, spanName, stringOf } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import {
  durationNs,
  levels,
  misfits,
  ownByName,
  rounded,
  selfNsByName,
  totalWeight,
} from '../../../../helpers/runFacts.ts';

const FIXTURES = new URL('../../../../fixtures/profiles/', import.meta.url);
const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';
const FRAMES = [{ name: 'a' }, { name: 'b', file: 'b.py', line: 7, col: 3 }, { name: 'c' }];

interface Expected {
  profiles: number;
  tracks: number;
  spans: number;
  maxDepth: number;
  durationNs: number;
  selfUs: Record<string, number>;
}

function file(profiles: object[], more: object = {}): string {
  return JSON.stringify({ $schema: SCHEMA, profiles, shared: { frames: FRAMES }, ...more });
}

function evented(events: [string, number, number][], more: object = {}): object {
  return {
    type: 'evented',
    name: 'main',
    unit: 'milliseconds',
    startValue: events[0]?.[1] ?? 0,
    endValue: events.at(-1)?.[1] ?? 0,
    events: events.map(([type, at, frame]) => ({ type, at, frame })),
    ...more,
  };
}

function sampled(samples: number[][], weights: number[], more: object = {}): object {
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    type: 'sampled',
    name: '',
    unit: 'milliseconds',
    startValue: 0,
    endValue,
    samples,
    weights,
    ...more,
  };
}

function describeSpans(run: Run): string[] {
  return Array.from(run.spans.startNs, (start, span) => {
    const track = run.tracks[run.spans.trackId[span] ?? 0]?.name ?? '';
    return `${track}: ${spanName(run, span)} ${start / 1e6}+${(run.spans.durationNs[span] ?? 0) / 1e6}`;
  });
}

const reasons = (run: Run): string[] => run.provenance.rejected.map(({ reason }) => reason);

describe.each([
  'py-spy/program.speedscope.json',
  'py-spy/idle.speedscope.json',
  'pyinstrument/program.speedscope.json',
])('the speedscope file %s', (path) => {
  it('has the stays, depth and times that an independent reader finds', async () => {
    const bytes = readFileSync(new URL(path, FIXTURES));
    const expected = JSON.parse(
      readFileSync(new URL(`${path}.expected.json`, FIXTURES), 'utf8'),
    ) as Expected;
    expect(speedscopeImporter.detect(headOf(bytes))).toBe(1);
    const { run, head } = await importBytes(speedscopeImporter, bytes, { chunkBytes: 999 });
    expect(reasons(run)).toEqual([]);
    expect(head.client).toMatch(/^py/u);
    expect(run.tracks).toHaveLength(expected.profiles);
    expect(run.tracks.filter(({ lanes }) => lanes > 0)).toHaveLength(expected.tracks);
    expect(spanCount(run)).toBe(expected.spans);
    expect(levels(run)).toBe(expected.maxDepth);
    expect(durationNs(run) / 1e6).toBeCloseTo(expected.durationNs / 1e6, 3);
    expect(rounded(selfNsByName(run), 1000)).toEqual(expected.selfUs);
    expect(misfits(run)).toBe(0);
    expect(Math.max(...run.tracks.map(({ lanes }) => lanes))).toBe(1);
  });
});

describe('speedscope', () => {
  it('lays sampled profiles one behind the other and says so', async () => {
    const { run } = await importBytes(
      speedscopeImporter,
      file([sampled([[0, 1], [0]], [5, 5]), sampled([[0]], [3])], { activeProfileIndex: null }),
    );
    expect(describeSpans(run)).toEqual(['thread: a 0+10', 'thread: b 0+5', 'thread (2): a 10+3']);
    expect(run.instants.textId).toHaveLength(2);
    expect(stringOf(run, run.instants.textId[0] ?? 0)).toContain('share no clock');
  });

  it('keeps evented profiles on their one clock', async () => {
    const { run } = await importBytes(
      speedscopeImporter,
      file([
        evented([
          ['O', 100, 0],
          ['C', 110, 0],
        ]),
        evented(
          [
            ['O', 0.105, 1],
            ['C', 0.107, 1],
          ],
          { unit: 'seconds' },
        ),
      ]),
    );
    expect(describeSpans(run)).toEqual(['main: a 0+10', 'main (2): b 5+2']);
    expect(run.sourceRefs).toEqual([
      { file: 'b.py', line: 7, column: 3, functionName: 'b', rung: 'frame' },
    ]);
  });

  it('clamps events that lie before their predecessor and counts them', async () => {
    const events: [string, number, number][] = [
      ['O', 0, 0],
      ['O', 10, 1],
      ['C', 9, 1],
      ['C', 20, 0],
    ];
    const { run } = await importBytes(speedscopeImporter, file([evented(events)]));
    expect(describeSpans(run)).toEqual(['main: a 0+20', 'main: b 10+0']);
    expect(reasons(run)).toEqual(['the profile main: 1 events lie before their predecessors']);
  });

  it('reads unbalanced events as far as they make sense', async () => {
    const events: [string, number, number][] = [
      ['C', 0, 2],
      ['O', 0, 0],
      ['O', 5, 1],
      ['C', 8, 0],
      ['O', 9, 2],
    ];
    const { run } = await importBytes(
      speedscopeImporter,
      file([evented(events, { endValue: 12 })]),
    );
    expect(describeSpans(run)).toEqual(['main: a 0+8', 'main: b 5+3', 'main: c 9+3']);
    expect(reasons(run)).toEqual([
      'the profile main: 1 ends of frames that are not open',
      'the profile main: 2 frames that are not closed',
    ]);
  });

  it.each([
    ['bytes', 'bytes'],
    ['none', 'samples'],
  ])('gives a run of weights for the unit %s', async (unit, weightUnit) => {
    const { run, head } = await importBytes(
      speedscopeImporter,
      file([sampled([[0, 1], [0], [0, 1]], [5, 7, 1], { unit })]),
    );
    expect(head.weightUnit).toBe(weightUnit);
    expect(spanCount(run)).toBe(2);
    expect(ownByName(run)).toEqual({ a: 7, b: 6 });
    const events: [string, number, number][] = [
      ['O', 0, 0],
      ['O', 4, 1],
      ['C', 10, 1],
      ['C', 13, 0],
    ];
    const other = await importBytes(speedscopeImporter, file([evented(events, { unit })]));
    expect(ownByName(other.run)).toEqual({ a: 7, b: 6 });
    expect(totalWeight(other.run)).toBe(13);
  });

  it('leaves profiles of another kind out, with a reason', async () => {
    const { run } = await importBytes(
      speedscopeImporter,
      file([sampled([[0]], [5]), sampled([[0]], [5], { unit: 'bytes' })]),
    );
    expect(spanCount(run)).toBe(1);
    expect(reasons(run)).toEqual([
      'profile 2 is in bytes and left out: another profile of the file is not',
    ]);
  });

  it('rejects frames that are not there and weights that are none', async () => {
    const { run } = await importBytes(
      speedscopeImporter,
      file([sampled([[0, 99], [-1], [0]], [5, 1, -3])]),
    );
    expect(describeSpans(run)).toEqual(['thread: a 0+5', 'thread: (unknown) 0+5', 'thread: a 6+0']);
    expect(reasons(run)).toEqual([
      'a profile: 2 frames or events that cannot be',
      'a profile: 1 samples have no weight, or a negative one',
    ]);
  });
});
