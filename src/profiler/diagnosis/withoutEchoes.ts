import type { Finding, FindingKind } from './finding.ts';

/** Kinds that explain another one when both speak of the same spans or lines. */
const EXPLAINS: Readonly<Partial<Record<FindingKind, readonly FindingKind[]>>> = {
  'serialised-batch': ['idle-wait', 'single straggler', 'batch-too-small'],
  'repeated-load': ['idle-wait', 'n-plus-one', 'cold-start-as-work', 'single straggler'],
  'repeated-decode': ['idle-wait', 'n-plus-one', 'cold-start-as-work', 'single straggler'],
  'retry storm': ['n-plus-one', 'idle-wait', 'single straggler'],
  'n-plus-one': ['idle-wait'],
  'cold-start-as-work': ['single straggler', 'idle-wait'],
  'single straggler': ['idle-wait'],
};

/**
 * Leaves out what is the consequence of another finding, and turns targets that were missed into remarks where a cause
 * was found.
 */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const kept = findings.filter(
    (finding) =>
      !findings.some(
        (other) =>
          other !== finding &&
          (EXPLAINS[other.kind] ?? []).includes(finding.kind) &&
          (other.wastedSeconds ?? 0) >= (finding.wastedSeconds ?? 0) / 2,
      ),
  );
  const explained = kept.some(
    ({ kind, severity }) => kind !== 'target-missed' && severity === 'error',
  );
  return kept.map((finding) =>
    finding.kind === 'target-missed' && explained ? { ...finding, severity: 'info' } : finding,
  );
}
