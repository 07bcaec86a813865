import type { SourceRef } from '../model/run.ts';
import type { SpanIndex } from '../model/units.ts';

/** Causes that a rule can name; the words of the JSON contract. */
export const FINDING_KINDS = [
  'repeated-load',
  'repeated-decode',
  'serialised-batch',
  'device-mismatch',
  'batch-too-small',
  'batch-too-large',
  'low-coverage',
  'coverage-leak',
  'false-speed-up',
  'cold-start-as-work',
  'n-plus-one',
  'idle-wait',
  'critical-path shift',
  'target-missed',
  'contradictory-targets',
  'broken-instrument',
  'retry storm',
  'single straggler',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

export type Severity = 'error' | 'warning' | 'info';

/** A line or a span that shows what a finding says. */
export interface Evidence {
  /** The line as it stood, or the span in words. */
  readonly text: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** Index of the span in the run. */
  readonly span?: SpanIndex;
}

/** What a finding is about, for the search of its source line. */
export interface FindingSubject {
  readonly spans: readonly SpanIndex[];
  /** Span names and log templates (with `<*>`), most telling first. */
  readonly texts: readonly string[];
}

/** A named cause with what speaks for it. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** One sentence for a person, with the thing and the number in it. */
  readonly title: string;
  /** How often the fault happened. */
  readonly count: number;
  /** Seconds of the run that would be saved without it; null where time is not what is lost. */
  readonly wastedSeconds: number | null;
  /** The wasted seconds as a share of the run, from 0 to 1; null where either is not known. */
  readonly share: number | null;
  readonly expected: string;
  readonly actual: string;
  /** At most ten, the most telling first. */
  readonly evidence: readonly Evidence[];
  /** Why it is so, in the terms of the rule. */
  readonly cause: string;
  readonly fix: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** What would show the finding to be wrong. */
  readonly refutedBy: string;
  readonly subject: FindingSubject;
  /** Set by the search for source lines (src/profiler/source). */
  readonly location: SourceRef | null;
}
