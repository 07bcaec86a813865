import { describe, expect, it } from 'vitest';
import { decodeMarks, decodeSpans } from '../../../../src/profiler/chart/chartColumns.ts';
import { leftHeavyLayout } from '../../../../src/profiler/chart/leftHeavyLayout.ts';
import { timeLayout } from '../../../../src/profiler/chart/timeLayout.ts';
import { diffRuns } from '../../../../src/profiler/diff/diffRuns.ts';
import { IDLE_STEP } from '../../../../src/profiler/diff/waterfall.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { spanName } from '../../../../src/profiler/model/run.ts';
import { OpenedDiff } from '../../../../src/worker/diffs/openedDiff.ts';
import { OpenDiff } from '../../../../src/protocol/runMessages.ts';
import { newBuilder } from '../../profiler/runFixture.ts';

type Planned = readonly [track: string, name: string, from: number, to: number];

function runOf(loads: number, ...spans: Planned[]): Run {
  const builder = newBuilder();
  for (const [track, name, from, to] of spans) {
    builder.addSpan({
      ...{ name, startNs: from, durationNs: to - from, parent: null },
      track: builder.track(track, 'thread'),
    });
  }
  builder.addWork('voice', { unit: 'segments', itemsIn: 9, itemsOut: 9, loads: { audio: loads } });
  return builder.finish({ status: 'done' });
}

const diffed = (run: Run) => ({
  run,
  time: timeLayout(run),
  leftHeavy: () => leftHeavyLayout(run),
});

const before = runOf(1, ['main', 'load', 5, 15], ['main', 'old', 20, 21], ['io', 'read', 6, 9]);
const after = runOf(43, ['io', 'read', 0, 3], ['main', 'load', 1, 31], ['main', 'new', 50, 54]);
const opened = (a: Run, b: Run) => new OpenedDiff(diffed(a), diffed(b), diffRuns(a, b));
const diff = opened(before, after);

const names = (run: Run, bytes: Uint8Array) =>
  Array.from(decodeSpans(bytes), (span) => spanName(run, span));

describe('OpenedDiff', () => {
  it('tells everything that is known at once, in the shape of the message', () => {
    const facts = diff.facts();
    expect(facts).toMatchObject({
      ...{ unit: 'ns', startA: 5, startB: 0, totalA: 16, totalB: 54, pairs: 2 },
      ...{ onlyInA: 1, onlyInB: 1, explainedShare: expect.any(Number) },
      slower: [{ name: 'load', selfDelta: 20, totalDelta: 20 }],
      faster: [],
      loneA: [{ name: 'old', count: 1, amount: 1 }],
      loneB: [{ name: 'new', count: 1, amount: 4 }],
      counters: [{ stage: 'voice', counter: 'loads:audio', a: 1, b: 43 }],
    });
    const shape = OpenDiff.result.omit({ diff: true, a: true, b: true });
    expect(shape.safeParse(facts).error).toBeUndefined();
    const tracks = facts.tracks.map(({ a, b }) => [before.tracks[a]?.name, after.tracks[b]?.name]);
    expect(tracks).toEqual([
      ['main', 'main'],
      ['io', 'io'],
    ]);
  });

  it('marks the spans of a piece in the order of the piece', () => {
    const main = after.tracks.findIndex(({ name }) => name === 'main');
    const marks = decodeMarks(diff.marks('b', 'time', main, 0));
    expect(Array.from(marks.totalDelta)).toEqual([20, 4]);
    expect(marks.partner[0]).toBeGreaterThan(0);
    expect(marks.partner[1]).toBe(0);
    expect(spanName(before, marks.partner[0]! - 1)).toBe('load');
  });

  it('has no marks for a piece or a track that there is not', () => {
    expect(decodeMarks(diff.marks('a', 'time', 0, 7)).partner).toHaveLength(0);
    expect(decodeMarks(diff.marks('a', 'time', 99, 0)).partner).toHaveLength(0);
    expect(decodeMarks(diff.marks('a', 'left-heavy', 0, 1)).partner).toHaveLength(0);
  });

  it('marks merged stacks by the names on the way to them', () => {
    const { totalDelta, partner } = decodeMarks(diff.marks('b', 'left-heavy', 0, 0));
    expect(Array.from(totalDelta)).toEqual([20, 4, 0]);
    expect(Array.from(partner, Boolean)).toEqual([true, false, true]);
  });

  it('finds the spans of steps, and when nothing ran', () => {
    const { steps } = diff.facts();
    const placeOf = (wanted: string) => steps.findIndex(({ name }) => name === wanted);
    const of = (...wanted: string[]) =>
      diff.spans('time', { kind: 'steps', steps: wanted.map(placeOf) });
    expect(names(before, of('load', 'read').a)).toEqual(['load', 'read']);
    expect(names(after, of('load').b)).toEqual(['load']);
    expect(of('load').idleB).toEqual([]);
    expect(of(IDLE_STEP)).toMatchObject({
      idleA: [{ fromNs: 15, toNs: 20 }],
      idleB: [{ fromNs: 31, toNs: 50 }],
    });
    expect(diff.spans('time', { kind: 'steps', steps: [999] })).toMatchObject({ idleA: [] });
  });

  it('finds what one run alone has, in either view', () => {
    const only = diff.spans('time', { kind: 'only' });
    expect([names(before, only.a), names(after, only.b)]).toEqual([['old'], ['new']]);
    const merged = diff.spans('left-heavy', { kind: 'only' });
    expect(decodeSpans(merged.a)).toHaveLength(1);
    expect(decodeSpans(merged.b)).toHaveLength(1);
  });

  it('finds the partner of a span or a node, from either side', () => {
    const load = (run: Run) => run.spans.startNs.findIndex((_, at) => spanName(run, at) === 'load');
    expect(diff.partnerOf('a', 'time', load(before))).toBe(load(after));
    expect(diff.partnerOf('b', 'time', load(after))).toBe(load(before));
    expect(diff.partnerOf('b', 'time', 2)).toBeNull();
    expect(diff.partnerOf('a', 'time', 99)).toBeNull();
    expect(diff.partnerOf('b', 'left-heavy', 0)).toBe(0);
    expect(diff.partnerOf('b', 'left-heavy', 1)).toBeNull();
    expect(diff.partnerOf('b', 'left-heavy', 99)).toBeNull();
  });

  it('finds no difference between a run and itself', () => {
    const same = opened(before, before).facts();
    expect(same).toMatchObject({ totalA: 16, totalB: 16, onlyInA: 0, onlyInB: 0, counters: [] });
    expect(same.steps.every(({ delta }) => delta === 0)).toBe(true);
    expect([same.slower, same.faster]).toEqual([[], []]);
  });
});
