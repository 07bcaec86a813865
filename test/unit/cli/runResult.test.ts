import { describe, expect, it } from 'vitest';
import { runResult } from '../../../src/cli/runResult.ts';
import { newBuilder } from '../profiler/runFixture.ts';

/** A run of `levels` spans, each in the one before. */
function nested(levels: number) {
  const builder = newBuilder();
  const track = builder.track('main', 'thread');
  let parent: number | null = null;
  for (let i = 0; i < levels; i += 1) {
    parent = builder.addSpan({ name: 'f', startNs: 0, durationNs: 1e6, track, parent });
  }
  return builder.finish({ status: 'done' });
}

describe('runResult', () => {
  it.each([0, 1, 3, 65_535, 65_536, 70_000])('counts %d levels', (levels) => {
    const result = runResult(nested(levels));
    expect(result).toMatchObject({ spans: levels, maxDepth: levels });
    expect(result.durationMs).toBe(levels === 0 ? 0 : 1);
  });

  it('measures a run of weights by their sum, where they are times', () => {
    const builder = newBuilder({ weightUnit: 'nanoseconds' });
    const track = builder.track('main', 'thread');
    const outer = builder.addSpan({ name: 'a', startNs: 0, durationNs: 0, track, parent: null });
    const inner = builder.addSpan({ name: 'b', startNs: 0, durationNs: 0, track, parent: outer });
    builder.addWeight(outer, 2e6);
    builder.addWeight(inner, 3e6);
    expect(runResult(builder.finish({ status: 'done' })).durationMs).toBe(5);
  });

  it('tells of all rejected rows, and shows a thousand of them', () => {
    const builder = newBuilder();
    for (let i = 0; i < 1500; i += 1) builder.reject({ file: 'f', offset: i, reason: 'no' });
    const { rejected, rejections } = runResult(builder.finish({ status: 'done' }));
    expect([rejected, rejections.length]).toEqual([1500, 1000]);
  });
});
