import type { Evidence, Finding } from '../diagnosis/finding.ts';
import { percentages } from '../ledger/percentages.ts';
import type { BreakdownRow, ReportTarget, RunAnalysis } from './runAnalysis.ts';

/** The report of a run for other programs. Keys are only ever added. */
export interface ReportJson {
  readonly type: 'result';
  readonly runId: string;
  readonly name: string;
  readonly seconds: number | null;
  readonly findings: readonly FindingJson[];
  readonly breakdown: readonly BreakdownRow[];
  readonly targets: readonly ReportTarget[];
  readonly ledgers: readonly {
    readonly name: string;
    readonly unit: string;
    readonly total: number;
    readonly buckets: readonly {
      readonly name: string;
      readonly reason: string | null;
      readonly amount: number;
      readonly percent: number;
    }[];
  }[];
}

export interface FindingJson extends Omit<Finding, 'evidence' | 'location' | 'subject'> {
  readonly evidence: readonly (
    | { readonly text: string; readonly file: string; readonly line: number }
    | { readonly text: string; readonly file: string | null; readonly spanId: string | null }
  )[];
  readonly location: { readonly file: string; readonly line: number; readonly rung: string } | null;
}

export function reportJson(analysis: RunAnalysis): ReportJson {
  const { run, seconds, findings, breakdown, targets, ledgers } = analysis;
  return {
    type: 'result',
    runId: run.id,
    name: run.name,
    seconds,
    findings: findings.map((finding) => findingJson(analysis, finding)),
    breakdown,
    targets,
    ledgers: ledgers.map((ledger) => {
      const shares = percentages(ledger);
      return {
        name: ledger.name,
        unit: ledger.unit,
        total: ledger.total,
        buckets: ledger.buckets.map(({ name, reason = null, amount }, i) => ({
          name,
          reason,
          amount,
          percent: shares[i] ?? 0,
        })),
      };
    }),
  };
}

function findingJson(analysis: RunAnalysis, finding: Finding): FindingJson {
  const { evidence, location, subject: _subject, ...rest } = finding;
  return {
    ...rest,
    evidence: evidence.map((each) => evidenceJson(analysis, each)),
    location:
      location === null ? null : { file: location.file, line: location.line, rung: location.rung },
  };
}

function evidenceJson({ run }: RunAnalysis, evidence: Evidence): FindingJson['evidence'][number] {
  const { text, file, line, span } = evidence;
  if (file !== undefined && line !== undefined) return { text, file, line };
  return {
    text,
    file: file ?? run.provenance.files[0] ?? null,
    spanId: span === undefined ? null : spanIdText(run.spanIds?.[span] ?? 0n, span),
  };
}

/** The client's own id as OpenTelemetry writes it; of a span without one its place in the run. */
function spanIdText(id: bigint, span: number): string {
  return id === 0n ? `#${span}` : id.toString(16).padStart(16, '0');
}
