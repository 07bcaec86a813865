import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../../../src/protocol/rpcCancellation.ts';
import { ChangeVerdicts } from '../../../../src/worker/dashboard/changeVerdicts.ts';
import { levelChanges } from '../../../../src/worker/dashboard/levelChanges.ts';
import { historyOf } from './history.ts';

const NEVER = new CancelSource().signal;
const stages = (factor = 1) => ({ decode: 3 * factor, voice: 4 * factor, embed: factor });
const wavering = (i: number): number => 1 + (i % 3) * 0.01;
const level = (count: number, factor = 1) =>
  Array.from({ length: count }, (_, i) => ({ stages: stages(factor * wavering(i)) }));

async function lastOf(plans: Parameters<typeof historyOf>[0]) {
  const changes = await new ChangeVerdicts().of(historyOf(plans), NEVER);
  return changes.get(`run-${plans.length - 1}`);
}

describe('ChangeVerdicts', () => {
  it('says nothing of the first run, and that there are too few of the next', async () => {
    const changes = await new ChangeVerdicts().of(historyOf(level(2)), NEVER);
    expect(changes.has('run-0')).toBe(false);
    expect(changes.get('run-1')?.overall).toMatchObject({ word: 'inconclusive', leans: null });
    expect(changes.get('run-1')?.overall.text).toContain('against 1 earlier run.');
  });

  it('never condemns a time, but says where it leans', async () => {
    const change = await lastOf([...level(8), { stages: stages(2) }]);
    expect(change?.overall).toMatchObject({ word: 'inconclusive', leans: 'slower', tier: 1 });
    expect(change?.overall.text).toMatch(/^Maybe slower, \+9\d\.\d %/u);
    expect(change?.byStage.get('voice')).toMatchObject({ word: 'inconclusive', leans: 'slower' });
  });

  it('finds equal runs alike', async () => {
    const change = await lastOf(level(9));
    expect(change?.overall).toMatchObject({ word: 'same', leans: null });
    expect(change?.overall.text).toBe('Like 8 earlier runs, as far as it matters.');
  });

  it('calls repeated loads worse at once, whatever the time', async () => {
    const change = await lastOf([...level(8), { stages: stages(0.5), loads: 41 }]);
    expect(change?.overall).toMatchObject({ word: 'slower', tier: 0 });
    expect(change?.overall.text).toContain('loads:audio:talk 1 → 41');
  });

  it('never calls faster what kept less', async () => {
    const change = await lastOf([
      ...level(8),
      { stages: stages(0.3), voices: { own: 34, none: 66 } },
    ]);
    expect(change?.overall).toMatchObject({ word: 'withheld', leans: null });
    expect(change?.overall.text).toContain('34.00 % kept instead of 100.00 %');
    for (const verdict of change?.byStage.values() ?? []) {
      expect(verdict.word).not.toBe('faster');
      expect(verdict.leans).not.toBe('faster');
    }
  });

  it('still says that more time for less work leans to slower', async () => {
    const change = await lastOf([
      ...level(8),
      { stages: stages(12), voices: { own: 34, none: 66 } },
    ]);
    expect(change?.overall).toMatchObject({ word: 'inconclusive', leans: 'slower' });
    expect(change?.byStage.get('voice')?.text).toMatch(
      /^Maybe slower: \+1\d\d\d % .*Less was done/u,
    );
  });

  it('holds a run against the accepted ones before it, where there are any', async () => {
    const [first, ...others] = level(6, 3);
    const change = await lastOf([{ ...first!, accepted: true }, ...others, { stages: stages() }]);
    expect(change?.overall.text).toContain('against 1 accepted run');
  });

  it('holds a re-run against re-runs of the same stages only', async () => {
    const rerun = { stages: { decode: 0.01, voice: 0.01, embed: 1 }, reused: ['decode', 'voice'] };
    const changes = await new ChangeVerdicts().of(
      historyOf([...level(4), rerun, rerun, ...level(1)]),
      NEVER,
    );
    expect(changes.has('run-4')).toBe(false);
    expect(changes.get('run-5')?.overall.text).toContain('against 1 earlier run');
    expect(changes.get('run-6')?.overall.text).toContain('4 earlier runs');
  });

  it('does not compare times of another recording', async () => {
    const change = await lastOf([...level(6), { stages: stages(9), inputHash: 'other' }]);
    expect(change?.overall).toMatchObject({ word: 'inconclusive', leans: null });
    expect(change?.overall.text).toContain('inputHash');
  });

  it('stops when the asker has gone, and gives the same answer again without judging', async () => {
    const cancelled = new CancelSource();
    cancelled.cancel();
    const verdicts = new ChangeVerdicts();
    const history = historyOf(level(3));
    await expect(verdicts.of(history, cancelled.signal)).rejects.toMatchObject({
      code: 'dashboard.cancelled',
    });
    const known = await verdicts.of(history, NEVER);
    // What is known needs no turn, so that nothing is cancelled.
    expect(await verdicts.of(history, cancelled.signal)).toEqual(known);
  });
});

describe('levelChanges', () => {
  it('names the run from which the level was another one', () => {
    const history = historyOf([...level(12), ...level(6, 2)]);
    const [whole] = levelChanges(history);
    expect(whole).toMatchObject({
      stage: 'run',
      runId: 'run-12',
      direction: 'slower',
      settled: true,
    });
    expect(whole?.text).toMatch(/^The whole run went from 8\.\d+ s to 16\.\d s/u);
  });

  it('tells no gain where less was kept', () => {
    const less = level(6, 0.3).map((plan) => ({ ...plan, voices: { own: 34, none: 66 } }));
    const changes = levelChanges(historyOf([...level(12), ...less]));
    expect(changes.length).toBeGreaterThan(0);
    expect(new Set(changes.map(({ direction }) => direction))).toEqual(new Set(['withheld']));
    expect(changes[0]?.text).toContain('Less was done');
  });

  it('leaves the network out, and is quiet over a level history', () => {
    expect(levelChanges(historyOf(level(20)))).toEqual([]);
    const loading = (i: number) => ({ stages: { download: i < 12 ? 1 : 9, decode: 20 + (i % 2) } });
    const changes = levelChanges(historyOf(Array.from({ length: 18 }, (_, i) => loading(i))));
    expect(changes.map(({ stage }) => stage)).not.toContain('download');
  });

  it('divides by the recording where recordings differ', () => {
    const plans = Array.from({ length: 18 }, (_, i) => ({
      stages: stages((i % 5) + 1),
      audioSeconds: 600 * ((i % 5) + 1),
    }));
    expect(levelChanges(historyOf(plans))).toEqual([]);
  });
});
