import { describe, expect, it } from 'vitest';
import { UNKNOWN_ENVIRONMENT } from '../../../../src/profiler/model/environment.ts';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';
import { compareRunSets, type RunFacts } from '../../../../src/profiler/verdict/compareRunSets.ts';
import type { MeasuredMetric } from '../../../../src/profiler/verdict/metric.ts';
import { interimComparison, LOOKS } from '../../../../src/profiler/verdict/sequential.ts';
import { noisy } from '../stats/noise.ts';

const random = seededRandom(17);
const STAGES = { parse: 2, sort: 1.5, hash: 1, match: 0.7 };

/** A run whose stages share a level and, now and then, a busy machine. */
function noisyRun(cv: number, level: number, factor: number): RunFacts {
  const busy = random() < 0.05 ? 1.5 : 1;
  const metric = (stage: string, value: number): MeasuredMetric => ({
    stage,
    metric: 'seconds',
    kind: 'time',
    unit: 's',
    better: 'lower',
    values: [value],
    work: null,
  });
  const measured = Object.entries(STAGES).map(([stage, seconds]) =>
    metric(stage, noisy(seconds * level * busy, cv, 0, random) * (stage === 'hash' ? factor : 1)),
  );
  const whole = measured.reduce((sum, { values }) => sum + values[0]!, 0);
  return {
    metrics: {
      measured: [metric('run', whole), ...measured],
      exact: [],
      stages: Object.keys(STAGES),
      units: new Map(),
    },
    environment: UNKNOWN_ENVIRONMENT,
    epochNs: null,
  };
}

/** Runs A B B A …; in three of ten series the machine gets slower by 19 % somewhere in the middle. */
function series(size: number, cv: number, factor: number): [RunFacts[], RunFacts[]] {
  const sides: [RunFacts[], RunFacts[]] = [[], []];
  const breakAt = Math.floor(random() * size * 2);
  const after = random() < 0.3 ? 1.19 : 1;
  for (let i = 0; i < size * 2; i += 1) {
    const isB = i % 4 === 1 || i % 4 === 2;
    sides[isB ? 1 : 0].push(noisyRun(cv, i >= breakAt ? after : 1, isB ? factor : 1));
  }
  return sides;
}

const share = (count: number, hit: () => boolean): number => {
  let hits = 0;
  for (let i = 0; i < count; i += 1) hits += +hit();
  return hits / count;
};

const wrong = (cv: number, size: number): boolean =>
  compareRunSets(...series(size, cv, 1), { visible: false }).verdicts.some(
    ({ verdict }) => verdict === 'slower' || verdict === 'faster',
  );

const found = (cv: number, size: number, factor: number): boolean =>
  compareRunSets(...series(size, cv, factor), { visible: false }).verdicts.some(
    ({ stage, verdict }) => stage === 'hash' && verdict === 'slower',
  );

describe('how often a comparison is wrong', () => {
  // Bounds are the aim of 1 % with three standard deviations of 400 comparisons on top.
  it.each([
    [0.03, 7],
    [0.03, 10],
    [0.1, 7],
    [0.1, 10],
    [0.3, 10],
  ])('at %s noise and %s runs a side: in about one of a hundred at most', (cv, size) => {
    expect(share(400, () => wrong(cv, size))).toBeLessThan(0.025);
  });

  it('finds a fifth and a third at 10 v 10 and little noise', () => {
    expect(share(150, () => found(0.02, 10, 1.2))).toBeGreaterThan(0.8);
    expect(share(150, () => found(0.02, 10, 1.3))).toBeGreaterThan(0.87);
  });

  it('is not wrong more often for having looked before', () => {
    const alarm = share(200, () => {
      const [a, b] = series(10, 0.1, 1);
      return LOOKS.some((size, look) => {
        const { comparison } = interimComparison(a.slice(0, size), b.slice(0, size), look, {
          visible: false,
        });
        return comparison.overall === 'slower';
      });
    });
    expect(alarm).toBeLessThan(0.035);
  });
});

describe('a growing series', () => {
  it('ends as soon as everything is decided', () => {
    const even = Array.from({ length: 5 }, () => noisyRun(0.001, 1, 1));
    const steady = even.filter(({ metrics }) => metrics.measured[0]!.values[0]! < 6);
    expect(interimComparison(steady, steady, 0).final).toBe(true);
    const slower = steady.map((run) => ({
      ...run,
      metrics: {
        ...run.metrics,
        measured: run.metrics.measured.map((m) => ({ ...m, values: m.values.map((v) => v * 2) })),
      },
    }));
    const { final, comparison } = interimComparison(steady, slower, 0);
    expect(final).toBe(true);
    expect(comparison.overall).toBe('slower');
  });

  it('goes on while something is open, and ends at the last look', () => {
    const [a, b] = series(5, 0.2, 1.1);
    expect(interimComparison(a, b, 0).final).toBe(false);
    expect(interimComparison(a, b, 2).final).toBe(true);
  });
});
