import type { Finding } from '../diagnosis/finding.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Run } from '../model/run.ts';
import type { Seconds } from '../model/units.ts';

/** Time of a stage beside the time that somebody allowed it. */
export interface BreakdownRow {
  readonly stage: string;
  readonly seconds: Seconds;
  /** From a target that is stated for the stage, or null. */
  readonly expectedSeconds: Seconds | null;
}

/** A target with what became of it. */
export interface ReportTarget {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** The limit; of a range its stricter end. */
  readonly target: number;
  /** Both ends where a range was stated, else missing. */
  readonly range?: readonly [number, number];
  readonly actual: number | null;
  /** Null where the run cannot tell. */
  readonly met: boolean | null;
  readonly direction: 'at-most' | 'at-least';
  readonly unit: string;
  /** `earshot`, `configuration`, or the line that states it. */
  readonly from: string;
}

/** Everything that is said of a run; all reports are made of it. */
export interface RunAnalysis {
  readonly run: Run;
  /** Wall time; null for a run without time order. */
  readonly seconds: Seconds | null;
  /** The most important first. */
  readonly findings: readonly Finding[];
  /** The longest first. */
  readonly breakdown: readonly BreakdownRow[];
  readonly targets: readonly ReportTarget[];
  readonly ledgers: readonly Ledger[];
}
