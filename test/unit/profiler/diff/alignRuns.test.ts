import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { alignRuns } from '../../../../src/profiler/diff/alignRuns.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { spanCount } from '../../../../src/profiler/model/run.ts';
import { buildRun, newBuilder, runArbitrary, spansArbitrary } from '../runFixture.ts';
import {
  type Perturbation,
  type PlannedSpan,
  perturbed,
  plannedTrace,
  runOf,
  truthOf,
} from '../../../helpers/perturbedTraces.ts';

/** Pairs that are right, as a share of the pairs and of the spans that both runs have. */
function score(plan: PlannedSpan, change: Perturbation): { precision: number; recall: number } {
  const a = runOf([plan]);
  const b = runOf(perturbed(plan, change, 11));
  const { pairA, pairB } = alignRuns(a, b);
  const truthA = truthOf(a);
  const truthB = truthOf(b);
  const inB = new Set(truthB);
  const common = truthA.filter((truth) => inB.has(truth)).length;
  const right = pairA.filter((span, i) => truthA[span] === truthB[pairB[i]!]).length;
  return { precision: right / pairA.length, recall: right / common };
}

function span(name: string, durationNs = 100, children: PlannedSpan[] = []): PlannedSpan {
  return { truth: 0, name, attributes: {}, durationNs, children };
}

function namedPairs(a: Run, b: Run): string[] {
  const { pairA, pairB } = alignRuns(a, b);
  const name = (run: Run, index: number): string => run.strings[run.spans.nameId[index]!]!;
  return Array.from(pairA, (index, i) => `${name(a, index)}=${name(b, pairB[i]!)}`).sort();
}

describe('alignRuns', () => {
  const plan = plannedTrace(20_000, 7);
  const told = plannedTrace(20_000, 7, { keys: true });
  it.each<[string, PlannedSpan, Perturbation, number]>([
    ['an equal run', plan, {}, 1],
    ['jitter of 5 %', plan, { jitter: 0.05 }, 0.995],
    ['other durations altogether', plan, { jitter: 0.5 }, 0.98],
    ['5 % lost', plan, { dropShare: 0.05, jitter: 0.05 }, 0.95],
    [
      '5 % lost, with children left without a parent',
      plan,
      { dropShare: 0.05, jitter: 0.05, orphans: true },
      0.95,
    ],
    ['5 % added', plan, { insertShare: 0.05, jitter: 0.05 }, 0.95],
    ['siblings in any order', plan, { shuffle: true, jitter: 0.05 }, 0.95],
    [
      'everything at once, siblings with keys',
      told,
      { shuffle: true, dropShare: 0.05, insertShare: 0.05, jitter: 0.05 },
      0.95,
    ],
    [
      'everything at once, half the spans without any key',
      plan,
      { shuffle: true, dropShare: 0.05, insertShare: 0.05, jitter: 0.05 },
      0.85,
    ],
  ])('finds the spans again in %s', (_what, trace, change, least) => {
    const { precision, recall } = score(trace, change);
    expect(precision).toBeGreaterThanOrEqual(least);
    expect(recall).toBeGreaterThanOrEqual(least);
  });

  it('gives each span at most one partner and leaves none out', () => {
    const check = (a: Run, b: Run): void => {
      const { pairA, pairB, onlyInA, onlyInB } = alignRuns(a, b);
      const spans = (count: number) => Array.from({ length: count }, (_, i) => i);
      expect([...pairA, ...onlyInA].sort((x, y) => x - y)).toEqual(spans(spanCount(a)));
      expect([...pairB, ...onlyInB].sort((x, y) => x - y)).toEqual(spans(spanCount(b)));
    };
    fc.assert(fc.property(runArbitrary, runArbitrary, check), { seed: 1, numRuns: 200 });
  });

  it('pairs every span of a run with itself', () => {
    fc.assert(
      fc.property(spansArbitrary, (spans) => {
        const run = buildRun(spans);
        expect(alignRuns(run, run).onlyInA).toHaveLength(0);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('finds a renamed root again, and what lies under it', () => {
    const job = (name: string) =>
      runOf([span(name, 10, [span('load'), span('encode'), span('save')])]);
    expect(namedPairs(job('nightly'), job('on demand'))).toEqual([
      'encode=encode',
      'load=load',
      'nightly=on demand',
      'save=save',
    ]);
  });

  it('does not pair spans of different keys, but does where the keys are new in every run', () => {
    const job = (key: string, ids: readonly number[]): Run => {
      const builder = newBuilder();
      const track = builder.track('main', 'thread');
      ids.forEach((id, i) => {
        const attributes = { [key]: `value-${id}` };
        builder.addSpan({
          name: 'call',
          startNs: 10 * i,
          durationNs: 5,
          track,
          parent: null,
          attributes,
        });
      });
      return builder.finish({ status: 'done' });
    };
    const kept = alignRuns(job('file', [1, 2, 3, 4]), job('file', [4, 3, 5, 2]));
    expect(Array.from(kept.pairA, (a, i) => [a, kept.pairB[i]])).toEqual([
      [1, 3],
      [2, 1],
      [3, 0],
    ]);
    expect([...kept.onlyInA, ...kept.onlyInB]).toEqual([0, 2]);
    const fresh = alignRuns(job('request.id', [1, 2, 3]), job('request.id', [7, 8, 9]));
    expect(Array.from(fresh.pairB)).toEqual([0, 1, 2]);
  });

  it('pairs what became ten times as long', () => {
    const job = (durations: readonly number[]) =>
      runOf([
        span(
          'job',
          10,
          durations.map((duration) => span('step', duration * 1e6)),
        ),
      ]);
    const { pairA, pairB } = alignRuns(job([5, 7, 9]), job([5, 70, 9]));
    expect(Array.from(pairB)).toEqual(Array.from(pairA));
  });

  it('follows a recursion through a level that one run does not have', () => {
    const nested = (levels: number): PlannedSpan =>
      levels === 0 ? span('leaf') : span('walk', 10, [nested(levels - 1)]);
    const { pairA, onlyInB } = alignRuns(runOf([nested(5)]), runOf([nested(6)]));
    expect(pairA).toHaveLength(6);
    expect(onlyInB).toHaveLength(1);
  });

  it.each([
    ['a hundred thousand siblings that are all the same', 100_000, 95_000],
    ['many against few', 60_000, 500],
  ])('bears %s', (_what, inA, inB) => {
    const flat = (count: number): Run => {
      const builder = newBuilder();
      const track = builder.track('main', 'thread');
      for (let i = 0; i < count; i += 1) {
        builder.addSpan({ name: 'call', startNs: 10 * i, durationNs: 5, track, parent: null });
      }
      return builder.finish({ status: 'done' });
    };
    expect(alignRuns(flat(inA), flat(inB)).pairA).toHaveLength(Math.min(inA, inB));
  });

  it('bears a chain of fifty thousand', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    for (let i = 0; i < 50_000; i += 1) {
      builder.addSpan({
        name: 'call',
        startNs: i,
        durationNs: 200_000 - 2 * i,
        track,
        parent: i - 1,
      });
    }
    const run = builder.finish({ status: 'done' });
    expect(alignRuns(run, run).pairA).toHaveLength(50_000);
  });
});
