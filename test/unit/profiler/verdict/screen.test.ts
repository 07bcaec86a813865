import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';
import { screen, sessionCount } from '../../../../src/profiler/verdict/screen.ts';
import { screenedComparison } from '../../../../src/profiler/verdict/screenedComparison.ts';
import { noisy } from '../stats/noise.ts';
import { type Plan, runs } from './madeRuns.ts';

const HOUR = 3_600_000;
const random = seededRandom(8);
const plan = (seconds: number, startMs: number): Plan => ({
  stages: { parse: noisy(seconds, 0.02, 0, random) },
  startMs,
});
const pool = runs(10, (i) => plan(1, 1e12 + i * HOUR));

describe('the screen', () => {
  it('hints at a change and never says slower', () => {
    const verdicts = screen(
      runs(3, (i) => plan(1.3, 2e12 + i)),
      pool,
    );
    expect(verdicts.find(({ stage }) => stage === 'parse')).toMatchObject({
      verdict: 'inconclusive',
      tier: 1,
      n: [10, 3],
      reason: expect.stringMatching(/^Maybe slower, \+\d\d\.\d %: to be confirmed/u),
    });
    const faster = screen(
      runs(1, () => plan(0.5, 2e12)),
      pool,
    );
    expect(faster[0]?.reason).toContain('Maybe faster');
  });

  it('lies still within the spread of the pool', () => {
    const verdicts = screen(
      runs(3, (i) => plan(1, 2e12 + i)),
      pool,
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['same', 'same']);
  });

  it('says how many runs it has and needs', () => {
    const few = screen(
      runs(1, () => plan(2, 2e12)),
      pool.slice(0, 2),
    );
    expect(few[0]?.reason).toBe('Not enough runs (have 2, need 5 of as many sessions).');
    const oneSession = runs(10, (i) => plan(1, 1e12 + i));
    expect(
      screen(
        runs(1, () => plan(2, 2e12)),
        oneSession,
      )[0]?.reason,
    ).toContain('have 1, need 5');
  });

  it('counts sessions by their gaps', () => {
    const minute = 60_000_000_000n;
    expect(sessionCount([0n, 10n * minute, 35n * minute, 80n * minute])).toBe(2);
    expect(sessionCount([null, null, 5n])).toBe(3);
    expect(sessionCount([])).toBe(0);
  });

  it('still decides exact figures', () => {
    const loads = (count: number): Plan => ({
      stages: { parse: 1 },
      work: { parse: { loads: { 'model:m': count } } },
    });
    const comparison = screenedComparison(
      runs(5, () => loads(1)),
      runs(1, () => loads(3)),
    );
    expect(comparison.overall).toBe('slower');
    expect(comparison.verdicts.every(({ tier }) => tier < 2)).toBe(true);
  });
});
