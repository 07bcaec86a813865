import { describe, expect, it } from 'vitest';
import {
  ingestAmounts,
  ingestStageLimits,
} from '../../../../src/profiler/report/ingestStageLimits.ts';
import { DEFAULT_TARGETS } from '../../../../src/profiler/report/targets.ts';
import { reportRun } from './reportRun.ts';

describe('ingestStageLimits', () => {
  it('leaves texts and voices the time that their targets give them', () => {
    const run = reportRun([
      { stage: 'voice', from: 0, to: 10 },
      { stage: 'diarise', from: 10, to: 11 },
      { stage: 'embed', from: 11, to: 13 },
    ]);
    const limits = ingestStageLimits(ingestAmounts(run), DEFAULT_TARGETS);
    // 282 texts at 200 a second; 30 s for 114.5 minutes, of 1000 s, less the second of the speakers.
    expect(limits.get('embed')).toBeCloseTo(1.41, 12);
    expect(limits.get('voice')).toBeCloseTo((30 / (114.5 * 60)) * 1000 - 1, 12);
  });

  it('says nothing of stages that were cached, or have no target', () => {
    const cached = reportRun([{ stage: 'embed', from: 0, to: 1, state: 'cached' }]);
    expect([...ingestStageLimits(ingestAmounts(cached), DEFAULT_TARGETS)]).toEqual([]);
    const done = reportRun([{ stage: 'embed', from: 0, to: 1 }]);
    expect([...ingestStageLimits(ingestAmounts(done), [])]).toEqual([]);
  });
});
