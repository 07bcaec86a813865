import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffRuns } from '../../../../src/profiler/diff/diffRuns.ts';
import { StepSpans, idleStretches } from '../../../../src/profiler/diff/stepSpans.ts';
import { wallShares } from '../../../../src/profiler/diff/wallShares.ts';
import { IDLE_STEP } from '../../../../src/profiler/diff/waterfall.ts';
import { buildRun, spansArbitrary } from '../runFixture.ts';

describe('StepSpans', () => {
  it('finds every span of both runs under exactly one step, as many as the step counts', () => {
    fc.assert(
      fc.property(spansArbitrary, spansArbitrary, (spansA, spansB) => {
        const [a, b] = [buildRun(spansA), buildRun(spansB)];
        const { alignment, waterfall } = diffRuns(a, b);
        const spans = new StepSpans(a, b, alignment);
        const seen = { a: [] as number[], b: [] as number[] };
        for (const { stage, name, countA, countB } of waterfall.steps) {
          const found = spans.of([{ stage, name }]);
          expect([found.a.length, found.b.length]).toEqual([countA, countB]);
          if (name === IDLE_STEP) continue;
          seen.a.push(...found.a);
          seen.b.push(...found.b);
        }
        expect(seen.a.sort((x, y) => x - y)).toEqual(spansA.map((_, span) => span));
        expect(seen.b.sort((x, y) => x - y)).toEqual(spansB.map((_, span) => span));
        const all = spans.of(waterfall.steps);
        expect([all.a.length, all.b.length]).toEqual([spansA.length, spansB.length]);
      }),
      { seed: 17, numRuns: 200 },
    );
  });
});

describe('idleStretches', () => {
  it('covers the time in which no span ran, and nothing else', () => {
    fc.assert(
      fc.property(spansArbitrary, (spans) => {
        const run = buildRun(spans);
        const { from, to } = idleStretches(run);
        const idle = from.reduce((sum, start, i) => sum + (to[i]! - start), 0);
        expect(idle).toBe(wallShares(run).idleNs);
        from.forEach((start, i) => {
          expect(to[i]).toBeGreaterThan(start);
          if (i > 0) expect(start).toBeGreaterThanOrEqual(to[i - 1]!);
        });
      }),
      { seed: 19, numRuns: 300 },
    );
  });
});
