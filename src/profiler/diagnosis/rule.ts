import type { Run } from '../model/run.ts';
import type { TargetResult } from '../report/targets.ts';
import type { Facts } from './facts/facts.ts';
import type { Finding } from './finding.ts';

/** What a run is held against. */
export interface DiagnosisContext {
  /** What became of the targets in force; of an ingest. */
  readonly targets: readonly TargetResult[];
  /** An accepted run of the same program on the same input, or null. */
  readonly baseline: Run | null;
}

/** Looks for one cause. */
export type Rule = (facts: Facts, context: DiagnosisContext) => Finding[];
