import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignRuns } from '../../../../src/profiler/diff/alignRuns.ts';
import { SpanPartners } from '../../../../src/profiler/diff/spanPartners.ts';
import { spanCount } from '../../../../src/profiler/model/run.ts';
import { buildRun, newBuilder, spansArbitrary } from '../runFixture.ts';

function runOf(...spans: readonly (readonly [name: string, durationNs: number])[]) {
  const builder = newBuilder();
  const track = builder.track('main', 'thread');
  let startNs = 0;
  for (const [name, durationNs] of spans) {
    builder.addSpan({ name, startNs, durationNs, track, parent: null });
    startNs += durationNs;
  }
  return builder.finish({ status: 'done' });
}

describe('SpanPartners', () => {
  const a = runOf(['load', 10], ['gone', 7], ['encode', 20]);
  const b = runOf(['load', 40], ['encode', 15], ['new', 3]);
  const partners = new SpanPartners(a, b, alignRuns(a, b));

  it('says of either side by how much B differs from A, in the order that is asked for', () => {
    expect(partners.marksOf('a', [2, 0, 1])).toEqual({
      partner: Uint32Array.of(2, 1, 0),
      selfDelta: Float64Array.of(-5, 30, -7),
      totalDelta: Float64Array.of(-5, 30, -7),
    });
    expect(partners.marksOf('b', [0, 1, 2])).toEqual({
      partner: Uint32Array.of(1, 3, 0),
      selfDelta: Float64Array.of(30, -5, 3),
      totalDelta: Float64Array.of(30, -5, 3),
    });
  });

  it('sums to the difference of all spans of the two runs, from either side', () => {
    fc.assert(
      fc.property(spansArbitrary, spansArbitrary, (spansA, spansB) => {
        const [one, other] = [buildRun(spansA), buildRun(spansB)];
        const both = new SpanPartners(one, other, alignRuns(one, other));
        const all = (count: number) => Array.from({ length: count }, (_, span) => span);
        const ofA = both.marksOf('a', all(spanCount(one)));
        const ofB = both.marksOf('b', all(spanCount(other)));
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        const lone = ofB.totalDelta.filter((_, i) => ofB.partner[i] === 0);
        const expected = sum(other.spans.durationNs) - sum(one.spans.durationNs);
        expect(sum(ofA.totalDelta) + sum(lone)).toBe(expected);
      }),
      { seed: 13, numRuns: 200 },
    );
  });
});
