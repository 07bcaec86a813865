import { formatNumber, NO_VALUE } from '../report/formatNumber.ts';
import { escapeCell, markdownTable, type TableColumn } from '../report/markdownTable.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type GateReport, headline, intervalTitle, shownVerdicts, stopText } from './gateReport.ts';

const columnsOf = (interval: string): readonly TableColumn[] => [
  { title: 'stage', align: 'left' },
  { title: 'metric', align: 'left' },
  { title: 'verdict', align: 'left' },
  { title: 'baseline', align: 'right' },
  { title: 'now', align: 'right' },
  { title: 'change', align: 'right' },
  { title: interval, align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'p', align: 'right' },
  { title: 'smallest visible', align: 'right' },
];

const MOST_ROWS = 60;
const MOST_FINDINGS = 10;

const MARKS = {
  slower: '🔴 slower',
  faster: '🟢 faster',
  same: '⚪ same',
  inconclusive: '🟡 inconclusive',
  withheld: '🟠 withheld',
} as const;

/** A summary for a pull request. */
export function gateSummary(report: GateReport): string {
  const { outcome, a, b, notes, machine, reproduce, findings } = report;
  const verdicts = shownVerdicts(report);
  const { environment } = outcome.comparison;
  const parts = [
    `## ${escapeCell(headline(report))}`,
    `\`${codeSafe(report.command)}\`  \nbaseline: ${escapeCell(a.label)}  \nnow: ${escapeCell(b.label)}  \n${stopText(outcome)}`,
    markdownTable(columnsOf(intervalTitle(outcome)), verdicts.slice(0, MOST_ROWS).map(rowOf)),
  ];
  if (verdicts.length > MOST_ROWS) parts.push(`${verdicts.length - MOST_ROWS} more rows.`);
  const reasons = verdicts
    .filter(({ verdict }) => verdict !== 'same')
    .slice(0, MOST_ROWS)
    .map(
      ({ stage, metric, reason }) =>
        `- **${escapeCell(`${stage}: ${metric}`)}**: ${escapeCell(reason)}`,
    );
  if (reasons.length > 0) parts.push(reasons.join('\n'));
  if (findings.length > 0) {
    const lines = findings
      .slice(0, MOST_FINDINGS)
      .map(({ title, fix }) => `- ${escapeCell(title)} ${escapeCell(fix)}`);
    parts.push(`### Findings in the last run\n\n${lines.join('\n')}`);
  }
  const differences = environment.differences
    .filter(({ severity }) => severity === 'different')
    .map(
      ({ field, a: before, b: after }) => `${field}: ${before ?? NO_VALUE} → ${after ?? NO_VALUE}`,
    );
  const surroundings = [
    `machine: ${escapeCell(machine)}`,
    differences.length === 0
      ? 'environment: the same on both sides'
      : `environment differs: ${escapeCell(differences.join(', '))}`,
    ...[...outcome.comparison.notes, ...notes].map(escapeCell),
  ];
  parts.push(`### How it was measured\n\n${surroundings.map((line) => `- ${line}`).join('\n')}`);
  parts.push(`### To do it again\n\n\`\`\`sh\n${reproduce.map(fenceSafe).join('\n')}\n\`\`\``);
  return `${parts.join('\n\n')}\n`;
}

function rowOf(verdict: Verdict): string[] {
  const [low, high] = verdict.interval;
  const value = (each: number | string | null): string =>
    typeof each === 'string' ? each : `${formatNumber(each)}${unitOf(verdict, each)}`;
  const cells = [
    verdict.stage,
    verdict.metric,
    MARKS[verdict.verdict],
    value(verdict.medians[0]),
    value(verdict.medians[1]),
    percentChange(verdict.ratio),
    verdict.tier === 0 ? 'exact' : `${percentChange(low)} … ${percentChange(high)}`,
    `${verdict.n[0]} v ${verdict.n[1]}`,
    verdict.p === null ? NO_VALUE : formatNumber(Number(verdict.p.toPrecision(2))),
    percentChange(verdict.smallestVisible),
  ];
  return cells.map(escapeCell);
}

function unitOf({ unit }: Verdict, value: number | null): string {
  return value === null || unit === '' || unit === '1' ? '' : ` ${unit}`;
}

/** A ratio as `+12.3 %`. */
export function percentChange(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return NO_VALUE;
  const percent = (ratio - 1) * 100;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
}

/** For a span of code: no line breaks, and no back quotes that would end it. */
function codeSafe(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('`', '’');
}

function fenceSafe(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('```', '’’’');
}
