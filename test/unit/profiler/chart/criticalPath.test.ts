import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalPath, pathLength } from '../../../../src/profiler/chart/criticalPath.ts';
import { criticalSteps } from '../../../../src/profiler/chart/criticalSteps.ts';
import { type Run, spanName } from '../../../../src/profiler/model/run.ts';
import type { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

type Place = readonly [
  name: string,
  start: number,
  end: number,
  parent: number | null,
  track?: string,
];

/** Handles are places in the list. */
function build(spans: readonly Place[], links: readonly (readonly [number, number])[] = []): Run {
  const builder: RunBuilder = newBuilder();
  for (const [name, startNs, end, parent, track = 'main'] of spans) {
    const at = builder.track(track, 'thread');
    builder.addSpan({ name, startNs, durationNs: end - startNs, track: at, parent });
  }
  for (const [from, to] of links) builder.addLink(from, to);
  return builder.finish({ status: 'done' });
}

function told(run: Run): string[] {
  const { span, fromNs, toNs } = criticalPath(run);
  return Array.from(span, (at, i) => `${spanName(run, at)} ${fromNs[i]}-${toNs[i]}`);
}

describe('the critical path', () => {
  it('follows the children that end last, and gives the rest to the parent', () => {
    const run = build([
      ['root', 0, 100, null],
      ['fast', 10, 40, 0],
      ['slow', 10, 60, 0],
      ['after', 60, 90, 0],
    ]);
    expect(told(run)).toEqual(['root 0-10', 'slow 10-60', 'after 60-90', 'root 90-100']);
  });

  it('goes into children of children, on whichever track they lie', () => {
    const run = build([
      ['root', 0, 100, null],
      ['batch', 20, 90, 0],
      ['worker 1', 20, 50, 1, 'one'],
      ['worker 2', 30, 80, 1, 'two'],
    ]);
    expect(told(run)).toEqual([
      'root 0-20',
      'batch 20-30',
      'worker 2 30-80',
      'batch 80-90',
      'root 90-100',
    ]);
  });

  it('counts a child that outlasts its parent to the end of that one', () => {
    const run = build([
      ['root', 0, 100, null],
      ['call', 10, 50, 0],
      ['lingers', 20, 70, 1],
    ]);
    expect(told(run)).toEqual(['root 0-10', 'call 10-20', 'lingers 20-50', 'root 50-100']);
  });

  it('follows a link to its cause', () => {
    const run = build(
      [
        ['loop', 0, 100, null, 'worker'],
        ['task', 60, 100, 0, 'worker'],
        ['main', 0, 70, null],
        ['enqueue', 40, 50, 2],
      ],
      [[3, 1]],
    );
    expect(told(run)).toEqual(['main 0-40', 'enqueue 40-50', 'task 60-100']);
  });

  it('takes a cause that is still running to where its effect begins', () => {
    const run = build(
      [
        ['sender', 0, 80, null],
        ['receiver', 50, 100, null, 'other'],
      ],
      [[0, 1]],
    );
    expect(told(run)).toEqual(['sender 0-50', 'receiver 50-100']);
  });

  it('goes from root to root, and leaves out time in which nothing ran', () => {
    const run = build([
      ['first', 0, 30, null],
      ['meanwhile', 5, 20, null, 'other'],
      ['second', 40, 60, null],
    ]);
    expect(told(run)).toEqual(['first 0-30', 'second 40-60']);
    expect(pathLength(criticalPath(run))).toBe(50);
  });

  it('ends where links go in circles', () => {
    const run = build(
      [
        ['a', 0, 10, null],
        ['b', 0, 10, null, 'other'],
        ['c', 5, 10, 1, 'other'],
      ],
      [
        [0, 1],
        [1, 0],
        [2, 0],
        [0, 2],
        [2, 2],
      ],
    );
    const { fromNs, toNs } = criticalPath(run);
    expect(fromNs[0]).toBe(0);
    expect(toNs.at(-1)).toBe(10);
  });

  it('has none without time order', () => {
    const builder = newBuilder({ weightUnit: 'samples' });
    const track = builder.track('stacks', 'thread');
    builder.addSpan({ name: 'a', startNs: 0, durationNs: 0, track, parent: null });
    expect(told(builder.finish({ status: 'done' }))).toEqual([]);
  });

  it('has steps in order that do not overlap, inside of their spans, to the end of the run', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        fc.pre(run.weights === null);
        const { span, fromNs, toNs } = criticalPath(run);
        const { startNs, durationNs } = run.spans;
        const ends = startNs.map((start, at) => start + (durationNs[at] ?? 0));
        const end = ends.reduce((latest, each) => Math.max(latest, each), 0);
        const begin = startNs.reduce((least, each) => Math.min(least, each), Infinity);
        let until = 0;
        span.forEach((at, i) => {
          const [from = 0, to = 0] = [fromNs[i], toNs[i]];
          expect(from).toBeGreaterThanOrEqual(until);
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThanOrEqual(startNs[at] ?? 0);
          expect(to).toBeLessThanOrEqual(ends[at] ?? 0);
          until = to;
        });
        if (durationNs.some((length, at) => length > 0 && ends[at] === end)) {
          expect(toNs.at(-1)).toBe(end);
        }
        expect(pathLength({ span, fromNs, toNs })).toBeLessThanOrEqual(Math.max(0, end - begin));
      }),
    );
  });

  it('is told in steps, of too many the longest', () => {
    const run = build([
      ['root', 0, 100, null],
      ['a', 10, 30, 0],
      ['b', 35, 95, 0],
    ]);
    const { steps, totalNs } = criticalSteps(run, criticalPath(run), 2);
    expect(steps.map(({ name, fromNs, toNs }) => [name, fromNs, toNs])).toEqual([
      ['a', 10, 30],
      ['b', 35, 95],
    ]);
    expect(totalNs).toBe(100);
  });
});
