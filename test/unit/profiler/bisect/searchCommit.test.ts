import { describe, expect, it } from 'vitest';
import { searchCommit, SEARCH_DEFAULTS } from '../../../../src/profiler/bisect/searchCommit.ts';
import { fixedSizeRuns } from '../../../../src/profiler/bisect/stageValue.ts';
import { linearGraph, Suspects } from '../../../../src/profiler/bisect/suspects.ts';
import { playedHistory, type PlayedNoise } from '../../../helpers/playedHistory.ts';

const COMMITS = 64;
const HISTORIES = 50;
const CALM: PlayedNoise = { cv: 0.05, outliers: 0.05, jump: 1 };

async function searchMany(factor: number, noise: PlayedNoise) {
  let right = 0;
  let wrong = 0;
  let same = 0;
  let runs = 0;
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const { guilty, runner } = playedHistory(COMMITS, factor, noise, seed * 7919);
    const result = await searchCommit(linearGraph(COMMITS), runner);
    runs += result.runs;
    if (result.outcome === 'same') same += 1;
    else if (result.outcome === 'found' && result.suspects[0] === guilty) right += 1;
    else wrong += 1;
  }
  const share = runs / HISTORIES / fixedSizeRuns(COMMITS, 7);
  return { right: right / HISTORIES, wrong: wrong / HISTORIES, same: same / HISTORIES, share };
}

describe('searchCommit', () => {
  it.each<[string, number, PlayedNoise, number]>([
    ['+40 %, noise of 5 %', 1.4, CALM, 0.4],
    ['+40 %, noise of 10 %', 1.4, { ...CALM, cv: 0.1 }, 0.5],
    ['+40 %, a machine that gets 19 % slower in between', 1.4, { ...CALM, jump: 1.19 }, 0.4],
    ['+20 %, noise of 5 %', 1.2, CALM, 0.4],
    ['+100 %, noise of 5 %', 2, CALM, 0.3],
  ])(
    'names the commit in nine histories of ten with few runs: %s',
    async (_what, factor, noise, most) => {
      const { right, share } = await searchMany(factor, noise);
      expect(right).toBeGreaterThanOrEqual(0.9);
      expect(share).toBeLessThanOrEqual(most);
    },
  );

  it('rarely names anything where good and bad do not differ', async () => {
    const { same } = await searchMany(1, CALM);
    expect(same).toBeGreaterThanOrEqual(0.94);
  });

  it('names what cannot be told apart where commits cannot be run', async () => {
    const broken = [30, 31, 32];
    for (let seed = 1; seed < 400; seed += 1) {
      const { guilty, runner } = playedHistory(COMMITS, 1.5, CALM, seed, broken);
      if (guilty !== 31) continue;
      const result = await searchCommit(linearGraph(COMMITS), runner);
      expect(result.outcome).toBe('group');
      expect(result.suspects).toEqual([30, 31, 32, 33]);
      return;
    }
    throw new Error('No seed has the slow commit among the broken ones.');
  });

  it('tells what is left where the runs do not suffice', async () => {
    const { guilty, runner } = playedHistory(COMMITS, 1.4, { ...CALM, cv: 0.1 }, 11);
    const result = await searchCommit(linearGraph(COMMITS), runner, {
      ...SEARCH_DEFAULTS,
      maxRuns: 18,
    });
    expect(result.outcome).toBe('open');
    expect(result.suspects).toContain(guilty);
    expect(result.runs).toBeLessThanOrEqual(18);
  });

  it.each([
    ['before any run', 0, false],
    ['while it is confirmed that there is a difference', 5, false],
    ['while the commit is looked for', 18, true],
  ])('tells what is known where it is cancelled %s', async (_what, runs, differs) => {
    const { guilty, runner } = playedHistory(COMMITS, 1.4, { ...CALM, cv: 0.1 }, 11);
    const controller = new AbortController();
    let done = 0;
    const unlessAborted = async <T>(run: () => Promise<T>): Promise<T> => {
      if (done === runs) controller.abort();
      controller.signal.throwIfAborted();
      done += 1;
      return run();
    };
    const result = await searchCommit(linearGraph(COMMITS), {
      signal: controller.signal,
      end: (which) => unlessAborted(() => runner.end(which)),
      candidate: (index) => unlessAborted(() => runner.candidate(index)),
    });
    expect(result).toMatchObject({ outcome: 'cancelled', differs, runs });
    expect(result.suspects).toContain(guilty);
    if (differs) expect(result.suspects.length).toBeLessThan(COMMITS);
    else expect(result.suspects).toHaveLength(COMMITS);
    expect(result.confirmationRuns).toBeLessThanOrEqual(runs);
    expect(Number.isNaN(result.p)).toBe(!differs);
  });

  it('lets errors through that are no cancellation', async () => {
    const { runner } = playedHistory(4, 1.4, CALM, 3);
    const end = () => Promise.reject(new Error('broken'));
    const { signal } = new AbortController();
    const search = searchCommit(linearGraph(4), { ...runner, end, signal });
    await expect(search).rejects.toThrow('broken');
  });

  it('needs no search where there is one commit only', async () => {
    const { runner } = playedHistory(1, 1.4, CALM, 3);
    const result = await searchCommit(linearGraph(1), runner);
    expect([result.outcome, result.suspects]).toEqual(['found', [0]]);
  });
});

describe('Suspects', () => {
  it('asks for the commit that halves the suspicion, on branches too', () => {
    // 0 ─┬─ 1 ─ 2 ─┬─ 5
    //    └─ 3 ─ 4 ─┘
    const ancestors = [[0], [0, 1], [0, 1, 2], [0, 3], [0, 3, 4], [0, 1, 2, 3, 4, 5]];
    const graph = {
      count: 6,
      contains: (tested: number, suspect: number) => ancestors[tested]!.includes(suspect),
    };
    const suspects = new Suspects(graph);
    expect(suspects.next()).toBe(2);
    suspects.observe(2, { good: 1, bad: 0.001 });
    expect(suspects.badShare(2)).toBeLessThan(0.01);
    expect([3, 4]).toContain(suspects.next());
    suspects.observe(4, { good: 0.001, bad: 1 });
    suspects.observe(3, { good: 1, bad: 0.001 });
    expect(suspects.likeliest(0.9)).toEqual([4]);
  });
});
