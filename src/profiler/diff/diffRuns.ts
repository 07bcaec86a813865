import { ProfilerError } from '../model/profilerError.ts';
import type { Run } from '../model/run.ts';
import { type Alignment, alignRuns } from './alignRuns.ts';
import { type CounterChange, counterChanges } from './counterChanges.ts';
import { type Waterfall, waterfallOf } from './waterfall.ts';

/** How two runs differ: which spans are the same, why one took longer, and what was counted differently. */
export interface RunDiff {
  /** `ns` for runs with time, else the unit of the weights. */
  readonly unit: string;
  readonly alignment: Alignment;
  readonly waterfall: Waterfall;
  readonly counters: readonly CounterChange[];
}

/**
 * Explains how run B differs from run A.
 *
 * @throws ProfilerError `diff.incomparable` where one run has time and the other only weights, or weights of another unit.
 */
export function diffRuns(a: Run, b: Run): RunDiff {
  const unitA = a.weights?.unit ?? 'ns';
  const unitB = b.weights?.unit ?? 'ns';
  if (unitA !== unitB || (a.weights === null) !== (b.weights === null)) {
    const message =
      a.weights === null || b.weights === null
        ? 'A run with a time line cannot be compared with one that has only stacks.'
        : `Stacks in ${unitA} cannot be compared with stacks in ${unitB}.`;
    throw new ProfilerError('diff.incomparable', message);
  }
  const alignment = alignRuns(a, b);
  return {
    unit: unitA,
    alignment,
    waterfall: waterfallOf(a, b, alignment),
    counters: counterChanges(a, b),
  };
}
