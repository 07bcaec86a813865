import type { Finding } from '../profiler/diagnosis/finding.ts';
import type { FindingCard } from '../protocol/chart.ts';

/** Spans that a card leads to. */
const MOST_SPANS = 1000;

/** A finding as panels show it. */
export function findingCard(finding: Finding): FindingCard {
  const { kind, severity, title, count, wastedSeconds, share, expected, actual } = finding;
  const { cause, fix, confidence, refutedBy, evidence, location, subject } = finding;
  return {
    ...{ kind, severity, title, count, wastedSeconds, share, expected, actual },
    ...{ cause, fix, confidence, refutedBy },
    evidence: evidence.map(({ text, file = null, line, span = null }) => ({
      text,
      file,
      line: line !== undefined && line >= 1 ? line : null,
      span,
    })),
    location:
      location === null
        ? null
        : {
            file: location.file,
            line: location.line,
            column: location.column ?? null,
            rung: location.rung,
          },
    spans: subject.spans.slice(0, MOST_SPANS),
  };
}
