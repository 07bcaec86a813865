import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/profiler/diagnosis/diagnose.ts';
import { runArbitrary } from '../runFixture.ts';

describe('diagnose', () => {
  it('says something that can be of any run, whatever is in it', () => {
    fc.assert(
      fc.property(runArbitrary, runArbitrary, (run, baseline) => {
        for (const finding of diagnose(run, { targets: [], baseline })) {
          expect(finding.count).toBeGreaterThanOrEqual(1);
          expect(finding.wastedSeconds ?? 0).toBeGreaterThanOrEqual(0);
          expect(finding.share ?? 0).toBeLessThanOrEqual(1);
          expect(finding.evidence.length).toBeLessThanOrEqual(10);
          expect(finding.title).not.toMatch(/NaN|undefined|Infinity/u);
        }
      }),
      { numRuns: 300 },
    );
  });
});
