import type { Evidence, Finding } from '../diagnosis/finding.ts';
import { NO_VALUE, formatNumber, formatSeconds, formatShare } from './formatNumber.ts';
import { UNPRINTABLE, codeSpan, escapeCell, markdownTable } from './markdownTable.ts';
import { spansWithAttribute } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';
import type { RunAnalysis } from './runAnalysis.ts';
import { limitText, targetText } from './targetText.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });

const MOST_STAGES = 20;

/**
 * A run's findings as a bug report, ready to be filed: for each one issue, expected, actual, evidence, root cause,
 * location, suggested fix and impact; then where the time went against what was expected, and how to verify a fix.
 */
export function issueReport(analysis: RunAnalysis): string {
  const { findings } = analysis;
  const sections = [
    summary(analysis),
    ...findings.map((finding, i) => findingSection(analysis, finding, i + 1)),
    breakdownSection(analysis),
    targetSection(analysis),
    verificationSection(analysis),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ run, seconds, findings }: RunAnalysis): string {
  const took = seconds === null ? '' : ` It took ${formatSeconds(seconds)}.`;
  if (findings.length === 0) {
    return `# ${escapeCell(run.name)}: no findings\n\nNothing is wrong with this run as far as it can tell.${took}`;
  }
  const lines = findings.map(({ kind, title }, i) => `${i + 1}. **${kind}**: ${escapeCell(title)}`);
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  return `# ${escapeCell(run.name)}: ${count}\n\nRun ${codeSpan(run.id)}.${took}\n\n${lines.join('\n')}`;
}

function findingSection(analysis: RunAnalysis, finding: Finding, number: number): string {
  const { location } = finding;
  const place =
    location === null
      ? 'not found in the sources'
      : `${codeSpan(`${location.file}:${location.line}`)} (by ${location.rung})`;
  const parts = [
    `## ${number}. ${escapeCell(finding.title)}`,
    `**Issue:** ${finding.kind} (${finding.severity}, ${finding.count === 1 ? 'once' : `${formatNumber(finding.count)} times`})`,
    `**Expected:** ${escapeCell(finding.expected)}`,
    `**Actual:** ${escapeCell(finding.actual)}`,
    `**Evidence:**\n\n${finding.evidence.map((each) => evidenceItem(analysis, each)).join('\n')}`,
    `**Root cause:** ${escapeCell(finding.cause)}`,
    `**Location:** ${place}`,
    `**Suggested fix:** ${escapeCell(finding.fix)}`,
    `**Impact:** ${impact(finding)}`,
    `**Confidence:** ${formatShare(finding.confidence)}. It would be refuted by this: ${escapeCell(finding.refutedBy)}`,
  ];
  return parts.join('\n\n');
}

function impact({ wastedSeconds, share }: Finding): string {
  if (wastedSeconds === null) return 'not in time';
  const ofRun = share === null ? '' : `, ${formatShare(share)} of the run`;
  return `${formatSeconds(wastedSeconds)}${ofRun}`;
}

function evidenceItem({ run }: RunAnalysis, { text, file, line, span }: Evidence): string {
  if (file !== undefined && line !== undefined) {
    return `- ${codeSpan(text)} (${escapeCell(file)}:${line})`;
  }
  if (span === undefined) return `- ${codeSpan(text)}`;
  const at = formatSeconds((run.spans.startNs[span] ?? 0) / 1e9);
  return `- ${codeSpan(text)} (span ${span}, at ${at})`;
}

function breakdownSection({ breakdown, seconds, run }: RunAnalysis): string {
  if (breakdown.length === 0) return '';
  const unit = run.weights?.unit ?? 'nanoseconds';
  const asTime = unit === 'nanoseconds';
  const rows = breakdown
    .slice(0, MOST_STAGES)
    .map(({ stage, seconds: taken, expectedSeconds }) => [
      escapeCell(stage),
      asTime ? formatSeconds(taken) : formatNumber(taken),
      formatSeconds(expectedSeconds),
      seconds === null || seconds === 0 ? NO_VALUE : formatShare(taken / seconds),
    ]);
  const columns = [
    left('Stage'),
    right(asTime ? 'Current' : escapeCell(unit)),
    right('Expected'),
    right('Share of the run'),
  ];
  const more =
    breakdown.length > MOST_STAGES ? `\n\n${breakdown.length - MOST_STAGES} further stages.` : '';
  return `## Time breakdown\n\n${markdownTable(columns, rows)}${more}`;
}

function targetSection({ targets }: RunAnalysis): string {
  const known = targets.filter(({ actual }) => actual !== null);
  if (known.length === 0) return '';
  const rows = known.map((target) => [
    escapeCell(target.name),
    limitText(target),
    targetText(target.actual, target.unit),
    target.met === null ? NO_VALUE : target.met ? 'met' : 'missed',
  ]);
  const columns = [left('Target'), right('Limit'), right('Actual'), left('Verdict')];
  return `## Targets\n\n${markdownTable(columns, rows)}`;
}

function verificationSection({ run }: RunAnalysis): string {
  const { files } = run.provenance;
  const command = commandLineOf(run);
  const named = files.length > 0 ? files.map(shellWord).join(' ') : 'FILE';
  const again =
    command !== null
      ? `earshot profile run --name ${shellWord(run.name)} -- ${command}`
      : run.kind === 'ingest'
        ? 'earshot ingest --force SOURCE'
        : `earshot profile ${run.kind === 'log' ? 'log' : 'import'} ${named}`;
  const lines = [
    again,
    'earshot profile report last',
    `earshot profile compare ${shellWord(run.id)} last`,
  ];
  return `## To verify a fix\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\``;
}

/** The command that made the run, as its root says it; null where it came from elsewhere. */
function commandLineOf(run: Run): string | null {
  for (const [, value] of spansWithAttribute(run, ATTRIBUTE.commandLine)) {
    return typeof value === 'string' ? value.replace(UNPRINTABLE, ' ') : null;
  }
  return null;
}

/** A word as a POSIX shell takes it; nothing in it is code. */
function shellWord(word: string): string {
  const plain = word.replace(UNPRINTABLE, ' ');
  return /^[\w./:=@%+,-]+$/u.test(plain) ? plain : `'${plain.replaceAll("'", String.raw`'\''`)}'`;
}
