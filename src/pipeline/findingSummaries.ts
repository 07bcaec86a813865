import type { Finding } from '../profiler/diagnosis/finding.ts';
import type { FindingSummary } from '../protocol/finding.ts';

/** Findings in short, as events and reports carry them. */
export function findingSummaries(findings: readonly Finding[]): FindingSummary[] {
  return findings.map(({ kind, severity, title, wastedSeconds, fix }) => {
    return { kind, severity, title, wastedSeconds, fix };
  });
}
