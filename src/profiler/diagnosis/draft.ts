import type { SpanIndex } from '../model/units.ts';
import { MAX_EVIDENCE } from './evidence.ts';
import type { Facts } from './facts/facts.ts';
import type { Evidence, Finding, FindingKind, Severity } from './finding.ts';

/** What a rule knows of its finding. */
export interface Draft {
  readonly kind: FindingKind;
  /** Where it is left out, the wasted share decides. */
  readonly severity?: Severity;
  readonly title: string;
  readonly count: number;
  readonly wastedSeconds: number | null;
  readonly expected: string;
  readonly actual: string;
  readonly evidence: readonly Evidence[];
  readonly cause: string;
  readonly fix: string;
  readonly confidence: number;
  readonly refutedBy: string;
  readonly spans?: readonly SpanIndex[];
  readonly texts: readonly string[];
}

/** Shares of the run from which on lost time is an error, or worth a warning. */
const SEVERE_SHARE = 0.1;
const NOTABLE_SHARE = 0.02;

/** Spans that a finding names for the search of its source line. */
const MAX_SUBJECTS = 50;

/** Completes a finding: its share of the run, and its severity from that. */
export function findingOf(facts: Facts, draft: Draft): Finding {
  const { spans, texts, severity, ...rest } = draft;
  const wasted = draft.wastedSeconds;
  const share =
    wasted === null || facts.seconds === null || facts.seconds <= 0
      ? null
      : Math.min(1, wasted / facts.seconds);
  return {
    ...rest,
    evidence: draft.evidence.slice(0, MAX_EVIDENCE),
    severity: severity ?? severityOf(share),
    share,
    subject: { spans: (spans ?? []).slice(0, MAX_SUBJECTS), texts: [...new Set(texts)] },
    location: null,
  };
}

function severityOf(share: number | null): Severity {
  if (share === null) return 'warning';
  if (share >= SEVERE_SHARE) return 'error';
  return share >= NOTABLE_SHARE ? 'warning' : 'info';
}
