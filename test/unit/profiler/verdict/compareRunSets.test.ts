import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';
import { compareRunSets, runFacts } from '../../../../src/profiler/verdict/compareRunSets.ts';
import { comparisonSentence } from '../../../../src/profiler/verdict/comparisonSentence.ts';
import { REPLICATES } from '../../../../src/profiler/model/attributeNames.ts';
import type { Verdict } from '../../../../src/profiler/verdict/verdict.ts';
import { noisy } from '../stats/noise.ts';
import { benchmark, facts, namedRun, type Plan, runs } from './madeRuns.ts';

const random = seededRandom(3);
const near = (seconds: number) => noisy(seconds, 0.02, 0, random);
const pick = (verdicts: readonly Verdict[], stage: string, metric = 'seconds') =>
  verdicts.find((each) => each.stage === stage && each.metric === metric);

describe('sets of runs', () => {
  it('name the stage that got slower, with all that belongs to it', () => {
    const a = runs(7, () => ({ stages: { parse: near(1), sort: near(2) } }));
    const b = runs(7, () => ({ stages: { parse: near(1.3), sort: near(2) } }));
    const comparison = compareRunSets(a, b);
    const slow = pick(comparison.verdicts, 'parse');
    expect(slow).toMatchObject({ verdict: 'slower', n: [7, 7], tier: 2, method: 'mann-whitney' });
    expect(slow?.ratio).toBeCloseTo(1.3, 1);
    expect(slow?.interval[0]).toBeGreaterThan(1.2);
    expect(slow?.p).toBeLessThan(0.002);
    expect(slow?.smallestVisible).toBeGreaterThan(1.1);
    expect(slow?.smallestVisible).toBeLessThan(1.2);
    expect(pick(comparison.verdicts, 'sort')?.verdict).toBe('same');
    expect(comparison.overall).toBe('slower');
    expect(comparisonSentence(comparison)).toMatch(/^B is worse in (?:run|parse)/u);
    expect(compareRunSets(b, a).overall).toBe('faster');
  });

  it('cannot decide with two runs, and say how many are needed', () => {
    const a = runs(2, () => ({ stages: { parse: near(1) } }));
    const b = runs(2, () => ({ stages: { parse: near(3) } }));
    const verdict = pick(compareRunSets(a, b).verdicts, 'parse');
    expect(verdict).toMatchObject({ verdict: 'inconclusive', smallestVisible: null, p: null });
    expect(verdict?.interval).toEqual([null, null]);
    expect(verdict?.reason).toContain('Not enough runs: 2 v 2');
  });

  it('find a clear change with three runs of each', () => {
    const a = runs(3, () => ({ stages: { parse: near(1), sort: near(2) } }));
    const b = runs(3, () => ({ stages: { parse: near(2), sort: near(2) } }));
    expect(pick(compareRunSets(a, b).verdicts, 'parse')).toMatchObject({
      verdict: 'slower',
      method: 'welch',
    });
  });

  it('let no change of a tiny stage be red', () => {
    const a = runs(7, () => ({ stages: { tiny: near(0.001), big: near(10) } }));
    const b = runs(7, () => ({ stages: { tiny: near(0.002), big: near(10) } }));
    expect(pick(compareRunSets(a, b).verdicts, 'tiny')?.verdict).toBe('same');
  });

  it('never take a stage of the network for slower', () => {
    const a = runs(7, () => ({ stages: { download: near(1), parse: near(1) } }));
    const b = runs(7, () => ({ stages: { download: near(3), parse: near(1) } }));
    expect(pick(compareRunSets(a, b).verdicts, 'download')?.verdict).toBe('inconclusive');
  });

  it('divide by the work where it differs', () => {
    const a = runs(7, () => ({ stages: { parse: near(1) }, audioSeconds: 100 }));
    const b = runs(7, () => ({ stages: { parse: near(2) }, audioSeconds: 200 }));
    const verdict = pick(compareRunSets(a, b).verdicts, 'parse');
    expect(verdict).toMatchObject({ verdict: 'same', unit: 's/audio s' });
    expect(verdict?.medians[0]).toBeCloseTo(0.01, 3);
  });

  it('name environments that differ instead of comparing', () => {
    const a = runs(7, () => ({ stages: { parse: near(1) }, environment: { cores: 2 } }));
    const b = runs(7, () => ({ stages: { parse: near(2) }, environment: { cores: 4 } }));
    const comparison = compareRunSets(a, b);
    expect(comparison.environment.comparable).toBe(false);
    expect(pick(comparison.verdicts, 'parse')).toMatchObject({
      verdict: 'inconclusive',
      ratio: null,
      reason: 'Not compared: cores (2 → 4).',
    });
    expect(comparisonSentence(comparison)).toContain('cores (2 → 4)');
    const forced = compareRunSets(a, b, { acrossEnvironments: true });
    expect(pick(forced.verdicts, 'parse')?.verdict).toBe('slower');
    expect(forced.notes.join()).toContain('Compared although');
  });

  it('say when the runs did not take turns', () => {
    const at = (startMs: number): Plan => ({ stages: { parse: near(1) }, startMs });
    const apart = compareRunSets(
      runs(5, (i) => at(1000 + i)),
      runs(5, (i) => at(2000 + i)),
    );
    expect(apart.notes.join()).toContain('did not take turns');
    const mixed = compareRunSets(
      runs(5, (i) => at(1000 + 2 * i)),
      runs(5, (i) => at(1001 + 2 * i)),
    );
    expect(mixed.notes.join()).not.toContain('take turns');
  });

  it('are compared within blocks of neighbours where their starts tell that they took turns', () => {
    // The machine gets slower from block to block, far more than B is slower than A.
    const at = (i: number): Plan => {
      const isB = i % 4 === 1 || i % 4 === 2;
      const seconds = near(1 + (i >> 2)) * (isB ? 1.25 : 1);
      return { stages: { parse: seconds }, startMs: 1000 + 10 * i };
    };
    const all = runs(20, at);
    const a = all.filter((_, i) => i % 4 === 0 || i % 4 === 3);
    const b = all.filter((_, i) => i % 4 === 1 || i % 4 === 2);
    const comparison = compareRunSets(a, b);
    expect(pick(comparison.verdicts, 'parse')).toMatchObject({
      verdict: 'slower',
      method: 'blocked-rank',
      ratio: expect.closeTo(1.25, 1),
    });
    // Whatever the order in which the files are given.
    const again = compareRunSets(
      a.toReversed(),
      b.toSorted(() => 1),
    );
    expect(JSON.stringify(again)).toBe(JSON.stringify(comparison));
    const unknown = [a, b].map((side) => side.map((run) => ({ ...run, epochNs: null })));
    const without = compareRunSets(unknown[0] ?? [], unknown[1] ?? []);
    expect(pick(without.verdicts, 'parse')).toMatchObject({
      verdict: 'inconclusive',
      method: 'mann-whitney',
    });
    const atOnce = [a, b].map((side) => side.map((run) => ({ ...run, epochNs: 5n })));
    const unclear = compareRunSets(atOnce[0] ?? [], atOnce[1] ?? []);
    expect(pick(unclear.verdicts, 'parse')?.method).toBe('mann-whitney');
  });

  it('judge only what is asked for', () => {
    const a = runs(7, () => ({ stages: { parse: near(1), sort: near(2) } }));
    const { verdicts } = compareRunSets(a, a, { stages: ['sort'], metrics: ['seconds'] });
    expect(verdicts.map(({ stage, metric }) => `${stage} ${metric}`)).toEqual(['sort seconds']);
  });

  it('compare two files of independent executions', () => {
    const file = (seconds: number) =>
      runFacts(
        benchmark(
          Array.from({ length: 10 }, () => near(seconds)),
          REPLICATES.independent,
        ),
      );
    const comparison = compareRunSets([file(1)], [file(1.5)]);
    expect(comparison.verdicts).toMatchObject([{ stage: 'sort', verdict: 'slower', n: [10, 10] }]);
  });

  it('survive zeros and stages that only one side has', () => {
    const a = runs(5, () => ({ stages: { gone: 1, zero: 0, parse: 1 } }));
    const b = runs(5, () => ({ stages: { come: 1, zero: 0, parse: 1 } }));
    const { verdicts } = compareRunSets(a, b);
    expect(pick(verdicts, 'gone')).toBeUndefined();
    expect(pick(verdicts, 'zero')?.verdict).toBe('same');
    expect(pick(verdicts, 'run', 'spans:gone')?.reason).toContain('1 → 0');
  });
});

describe('coverage', () => {
  const plan = (seconds: number, out: number): Plan => ({
    stages: { decode: near(1), embed: near(seconds), publish: near(1) },
    work: { embed: { unit: 'segments', itemsIn: 100, itemsOut: out } },
  });

  it('that fell withholds what came after it, and never calls it faster', () => {
    const comparison = compareRunSets(
      runs(7, () => plan(8, 100)),
      runs(7, () => plan(1, 5)),
    );
    const { verdicts, overall, lost } = comparison;
    expect(lost).toMatchObject([{ stage: 'embed', text: 'coverage fell from 100.00 % to 5.00 %' }]);
    expect(pick(verdicts, 'embed')?.verdict).toBe('withheld');
    expect(pick(verdicts, 'publish')?.verdict).toBe('withheld');
    expect(pick(verdicts, 'run')?.verdict).toBe('withheld');
    expect(pick(verdicts, 'decode')?.verdict).toBe('same');
    expect(pick(verdicts, 'embed', 'coverage')?.verdict).toBe('slower');
    expect(verdicts.some(({ verdict, tier }) => tier !== 0 && verdict === 'faster')).toBe(false);
    expect(overall).toBe('slower');
  });

  it('does not excuse what got slower with less to do', () => {
    const { verdicts } = compareRunSets(
      runs(7, () => plan(2, 100)),
      runs(7, () => plan(4, 50)),
    );
    expect(pick(verdicts, 'embed')?.verdict).toBe('slower');
  });

  it('is compared by ids where units have them', () => {
    const ids = (units: string[]): Plan => ({ stages: { embed: near(1) }, units });
    const { lost } = compareRunSets([facts(ids(['a', 'b', 'c']))], [facts(ids(['a', 'c', 'd']))]);
    expect(lost).toEqual([{ stage: 'embed', text: '1 of 3 units are missing', missing: ['b'] }]);
    const renamed = compareRunSets([facts(ids(['a', 'b']))], [facts(ids(['x', 'y']))]);
    expect(renamed.lost).toEqual([]);
  });

  it('is read from the attributes and lines of any program, and withholds what ended later', () => {
    const plain = (embedSeconds: number, out: number) =>
      runFacts(
        namedRun([
          ['decode', 1, {}],
          ['embed', embedSeconds, { 'segments.in': 100, 'segments.out': out }],
          ['publish', 1, {}],
        ]),
      );
    const side = (seconds: number, out: number) =>
      Array.from({ length: 7 }, () => plain(near(seconds), out));
    const { verdicts, lost } = compareRunSets(side(8, 100), side(1, 5));
    expect(lost).toMatchObject([{ stage: 'embed' }]);
    const words = ['decode', 'embed', 'publish', 'job'].map(
      (stage) => pick(verdicts, stage)?.verdict,
    );
    expect(words).toEqual(['same', 'withheld', 'withheld', 'withheld']);
  });

  it('that varies as before is no loss', () => {
    const varying = (i: number): Plan => plan(2, 90 + (i % 5));
    expect(
      compareRunSets(
        runs(7, varying),
        runs(7, (i) => varying(i + 1)),
      ).lost,
    ).toEqual([]);
  });
});

describe('exact figures', () => {
  const loads = (count: number): Plan => ({
    stages: { embed: 1 },
    work: { embed: { loads: { 'audio:talk.wav': count } } },
  });

  it('decide with one run of each', () => {
    const worse = compareRunSets([facts(loads(1))], [facts(loads(43))]);
    expect(worse.verdicts[0]).toMatchObject({
      metric: 'loads:audio:talk.wav',
      verdict: 'slower',
      ratio: 43,
      tier: 0,
      n: [1, 1],
      medians: [1, 43],
    });
    expect(worse.overall).toBe('slower');
    expect(compareRunSets([facts(loads(43))], [facts(loads(1))]).verdicts[0]?.verdict).toBe(
      'faster',
    );
    expect(compareRunSets([facts(loads(2))], [facts(loads(2))]).verdicts[0]?.verdict).toBe('same');
  });

  it('are none where they vary by themselves', () => {
    const { verdicts } = compareRunSets(
      [1, 2, 3].map((n) => facts(loads(n))),
      [facts(loads(3))],
    );
    expect(verdicts[0]?.verdict).toBe('same');
  });

  it('take a count of spans seriously when it is clear or runs agree', () => {
    const plan = (count: number): Plan => ({ stages: { embed: 1 }, spans: { query: count } });
    const verdictOf = (from: number, to: number, n: number) =>
      pick(
        compareRunSets(
          runs(n, () => plan(from)),
          runs(n, () => plan(to)),
        ).verdicts,
        'run',
        'spans:query',
      )?.verdict;
    expect(verdictOf(10, 11, 1)).toBe('inconclusive');
    expect(verdictOf(10, 11, 3)).toBe('slower');
    expect(verdictOf(10, 40, 1)).toBe('slower');
    expect(verdictOf(10, 5, 3)).toBe('inconclusive');
    expect(verdictOf(10, 10, 3)).toBeUndefined();
  });

  it('are not compared where the inputs differ', () => {
    const on = (count: number, inputHash: string) =>
      facts({ ...loads(count), environment: { inputHash } });
    const { verdicts, notes } = compareRunSets([on(1, 'a')], [on(9, 'b')]);
    expect(verdicts.filter(({ tier }) => tier === 0)).toEqual([]);
    expect(notes.join()).toContain('inputs differ');
  });

  it('tell another device, without a word of better or worse', () => {
    const on = (deviceUsed: string) => facts({ stages: { e: 1 }, work: { e: { deviceUsed } } });
    const device = pick(compareRunSets([on('cuda:0')], [on('cpu')]).verdicts, 'e', 'device');
    expect(device).toMatchObject({ verdict: 'inconclusive', medians: ['cuda:0', 'cpu'] });
  });
});
