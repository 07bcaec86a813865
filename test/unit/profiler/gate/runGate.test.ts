import { describe, expect, it } from 'vitest';
import { runGate, type GateOutcome } from '../../../../src/profiler/gate/runGate.ts';
import { interleaved, type Side } from '../../../../src/profiler/gate/schedule.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';
import { newBuilder } from '../runFixture.ts';

function run(seconds: number, loads: number, order: number): Run {
  const builder = newBuilder({
    epochNs: 1_790_000_000_000_000_000n + BigInt(order) * 10_000_000_000n,
  });
  const track = builder.track('main', 'thread');
  const root = builder.addSpan({
    name: 'job',
    startNs: 0,
    durationNs: seconds * 1e9,
    track,
    parent: null,
  });
  builder.addSpan({ name: 'embed', startNs: 0, durationNs: seconds * 8e8, track, parent: root });
  builder.addWork('read', { loads: { 'audio:talk.wav': loads } });
  return builder.finish({ status: 'done' });
}

interface Bench {
  readonly factor: number;
  readonly noise: number;
  readonly loads?: number;
  readonly failAt?: number;
  readonly abortAt?: number;
}

async function gate({ factor, noise, loads = 1, failAt, abortAt }: Bench): Promise<{
  readonly outcome: GateOutcome;
  readonly sides: readonly Side[];
}> {
  const random = seededRandom(5);
  const controller = new AbortController();
  const sides: Side[] = [];
  const outcome = await runGate(
    { pairs: 7, maxPairs: 10, compare: {} },
    {
      signal: controller.signal,
      onProgress: () => undefined,
      run: (side) => {
        if (sides.length === failAt) return Promise.reject(new Error('It failed.'));
        if (sides.length === abortAt) {
          controller.abort();
          return Promise.reject(new Error('aborted'));
        }
        sides.push(side);
        const seconds = 2 * (side === 'b' ? factor : 1) * (1 + noise * (random() - 0.5));
        return Promise.resolve(run(seconds, side === 'b' ? loads : 1, sides.length));
      },
    },
  );
  return { outcome, sides };
}

describe('interleaved', () => {
  it('has blocks of A B B A, and both sides equally often after every second run', () => {
    expect(interleaved(4).join('')).toBe('abbaabba');
    expect(interleaved(7).filter((side) => side === 'a')).toHaveLength(7);
  });
});

describe('runGate', () => {
  it('finds a slow-down at an early look', async () => {
    const { outcome, sides } = await gate({ factor: 1.3, noise: 0.04 });
    expect(outcome.verdict).toBe('regression');
    expect(outcome.runs).toEqual([5, 5]);
    expect(sides.slice(0, 4).join('')).toBe('abba');
  });

  it('is fine where nothing changed', async () => {
    const { outcome } = await gate({ factor: 1, noise: 0.04 });
    expect(outcome.verdict).toBe('fine');
    expect(outcome.runs[0]).toBeLessThanOrEqual(10);
  });

  it('goes on where noise hides what happened, and says so', async () => {
    const { outcome } = await gate({ factor: 1.15, noise: 0.4 });
    expect(outcome.verdict).toBe('inconclusive');
    expect(outcome.runs[0]).toBeGreaterThanOrEqual(7);
  });

  it('ends early where an exact figure got worse, whatever the times say', async () => {
    const { outcome } = await gate({ factor: 0.9, noise: 0.04, loads: 43 });
    expect(outcome.verdict).toBe('regression');
    expect(outcome.runs).toEqual([3, 3]);
    expect(outcome.why).toContain('exact figure');
  });

  it('keeps what there is when it is cancelled', async () => {
    const { outcome } = await gate({ factor: 1.3, noise: 0.04, abortAt: 9 });
    expect(outcome).toMatchObject({ cancelled: true, verdict: 'inconclusive', runs: [5, 4] });
    expect(outcome.comparison.verdicts.length).toBeGreaterThan(0);
    const none = await gate({ factor: 1, noise: 0, abortAt: 0 });
    expect(none.outcome).toMatchObject({ cancelled: true, runs: [0, 0] });
  });

  it('fails as the command does', async () => {
    await expect(gate({ factor: 1, noise: 0, failAt: 3 })).rejects.toThrow('It failed.');
  });
});
