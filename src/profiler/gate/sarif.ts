import type { SourceRef } from '../model/run.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type GateReport, shownVerdicts, verdictName } from './gateReport.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

interface SarifResult {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations?: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const RULES: Readonly<Record<string, string>> = {
  slower: 'A stage or figure got worse than at the baseline.',
  inconclusive: 'The runs could not decide whether it got worse.',
  withheld: 'Less was done than at the baseline, so times say nothing.',
};

/** A gate as SARIF 2.1.0: what got worse and what is wrong, at the source line where it is known. */
export function sarif(report: GateReport): string {
  const verdicts = shownVerdicts(report).filter(({ verdict }) => verdict in RULES);
  const results = [
    ...verdicts.map((verdict) => verdictResult(verdict, report.locations.get(verdict.stage))),
    ...report.findings.map(findingResult),
  ];
  const rules = Array.from(new Set(results.map(({ ruleId }) => ruleId)), (id) => ({
    id,
    shortDescription: { text: RULES[id] ?? `A run shows ${id}.` },
  }));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'earshot', version: report.version, rules } },
        invocations: [{ executionSuccessful: true, commandLine: report.command }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, printable, 2)}\n`;
}

/** Texts without control characters, which a viewer in a terminal would act on. */
function printable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[^\P{Cc}\t\n\r]/gu, '') : value;
}

function verdictResult(verdict: Verdict, source: SourceRef | undefined): SarifResult {
  const name = verdictName(verdict);
  const { ratio, interval, n, p, smallestVisible, tier, medians, unit } = verdict;
  return {
    ruleId: verdict.verdict,
    level: verdict.verdict === 'slower' ? 'error' : 'note',
    message: { text: `${name}: ${verdict.verdict}. ${verdict.reason}` },
    ...locationsOf(source ?? null),
    partialFingerprints: { 'earshot/v1': name },
    properties: { ratio, interval, n, p, smallestVisible, tier, medians, unit },
  };
}

function findingResult(finding: Finding): SarifResult {
  const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
  return {
    ruleId: finding.kind,
    level: levels[finding.severity],
    message: { text: `${finding.title} ${finding.fix}` },
    ...locationsOf(finding.location),
    partialFingerprints: { 'earshot/v1': `${finding.kind}:${finding.subject.texts[0] ?? ''}` },
    properties: { wastedSeconds: finding.wastedSeconds, confidence: finding.confidence },
  };
}

function locationsOf(source: SourceRef | null): { readonly locations?: readonly object[] } {
  if (source === null) return {};
  const region = {
    startLine: Math.max(1, source.line),
    ...(source.column === undefined || source.column < 1 ? {} : { startColumn: source.column }),
  };
  const artifactLocation = { uri: uriOf(source.file) };
  return { locations: [{ physicalLocation: { artifactLocation, region } }] };
}

/** A path as a URI reference: relative ones stay relative to the root of the repository. */
function uriOf(path: string): string {
  const slashes = path.replaceAll('\\', '/').toWellFormed();
  const encoded = slashes.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//u.test(slashes)) return `file:///${encoded.replace('%3A', ':')}`;
  return slashes.startsWith('/') ? `file://${encoded}` : encoded;
}
