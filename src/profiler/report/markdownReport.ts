import { percentages } from '../ledger/percentages.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LogSummary } from '../model/logSummary.ts';
import type { Run } from '../model/run.ts';
import { spanCount } from '../model/run.ts';
import { totalLoads } from '../model/workAccount.ts';
import { NO_VALUE, formatNumber, formatSeconds, formatShare } from './formatNumber.ts';
import { findingsSection } from './findingsSection.ts';
import { escapeCell, markdownTable } from './markdownTable.ts';
import { type StageRow, audioSecondsOf, stageTable } from './stageTable.ts';
import type { ReportTarget, RunAnalysis } from './runAnalysis.ts';
import { limitText, targetText } from './targetText.ts';
import { wholeRunFactor } from './targets.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });

const MOST_STAGES = 25;
const MOST_TEMPLATES = 15;

/** The report of a run as Markdown, aligned so that it reads well as plain text too. Sections without data are left out. */
export function markdownReport(analysis: RunAnalysis): string {
  const { run } = analysis;
  const rows = run.weights === null ? stageTable(run) : [];
  const sections = [
    header(analysis),
    findingsSection(analysis.findings),
    targetSection(analysis.targets),
    stageSection(rows),
    rows.length > 0 ? '' : breakdownSection(analysis),
    droppedSection(rows),
    ...analysis.ledgers.map(ledgerSection),
    loadSection(run),
    logSection(run.log),
    environmentSection(run),
    recordSection(run),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function header({ run, seconds }: RunAnalysis): string {
  const started = new Date(Number(run.epochNs / 1_000_000n));
  const dated = run.epochNs > 0n && !Number.isNaN(started.getTime());
  const audio = audioSecondsOf(run);
  const factor = wholeRunFactor(run);
  const rows: [string, string][] = [
    ['Run', escapeCell(run.id)],
    ['State', run.status],
    ['Began', dated ? started.toISOString() : NO_VALUE],
    ['Took', formatSeconds(run.weights === null ? seconds : null)],
  ];
  if (audio !== null) {
    rows.push(
      ['Audio', formatSeconds(audio)],
      ['Seconds per audio second', formatNumber(factor)],
      ['Audio hours per hour', formatNumber(factor === null ? null : 1 / factor)],
    );
  }
  if (run.error !== null) rows.push(['Error', escapeCell(run.error)]);
  return `# ${escapeCell(run.name)}\n\n${markdownTable([left('What'), left('Value')], rows)}`;
}

function breakdownSection({ breakdown, seconds, run }: RunAnalysis): string {
  if (breakdown.length === 0) return '';
  const unit = run.weights?.unit ?? 'nanoseconds';
  const amount = unit === 'nanoseconds' ? formatSeconds : formatNumber;
  const rows = breakdown
    .slice(0, MOST_STAGES)
    .map(({ stage, seconds: taken, expectedSeconds }) => [
      escapeCell(stage),
      amount(taken),
      formatSeconds(expectedSeconds),
      seconds === null || seconds === 0 ? NO_VALUE : formatShare(taken / seconds),
    ]);
  const title = unit === 'nanoseconds' ? 'Time' : escapeCell(unit);
  const columns = [left('Stage'), right(title), right('Expected'), right('Share')];
  const more = breakdown.length - rows.length;
  const rest = more > 0 ? `\n\n${formatNumber(more)} further stages.` : '';
  return `## Where the time went\n\n${markdownTable(columns, rows)}${rest}`;
}

function logSection(log: LogSummary | null): string {
  if (log === null || log.templates.length === 0) return '';
  const kinds = [...log.templates].sort((a, b) => b.count - a.count).slice(0, MOST_TEMPLATES);
  const rows = kinds.map(({ count, text }) => [formatNumber(count), escapeCell(text)]);
  return `## Kinds of log lines\n\n${markdownTable([right('Lines'), left('What they say')], rows)}`;
}

function targetSection(results: readonly ReportTarget[]): string {
  if (results.length === 0) return '';
  const rows = results.map((target) => [
    escapeCell(target.title),
    limitText(target),
    targetText(target.actual, target.unit),
    target.met === null ? NO_VALUE : target.met ? 'met' : 'missed',
  ]);
  const columns = [left('Target'), right('Limit'), right('Actual'), left('Verdict')];
  return `## Targets\n\n${markdownTable(columns, rows)}`;
}

function stageSection(stages: readonly StageRow[]): string {
  if (stages.length === 0) return '';
  const columns = [
    left('Stage'),
    left('State'),
    right('Busy'),
    right('Elapsed'),
    right('CPU'),
    right('RTF'),
    right('Throughput'),
    right('In'),
    right('Out'),
    right('Coverage'),
    left('Device'),
    right('Batch'),
  ];
  const rows = stages.map((row) => [
    escapeCell(row.stage),
    row.state,
    formatSeconds(row.busySeconds),
    formatSeconds(row.elapsedSeconds),
    formatSeconds(row.cpuSeconds),
    formatNumber(row.realTimeFactor),
    row.throughput === null
      ? NO_VALUE
      : `${formatNumber(row.throughput)} ${escapeCell(row.unit)}/s`,
    formatNumber(row.items.in),
    formatNumber(row.items.out),
    formatShare(row.coverage),
    deviceOf(row),
    formatNumber(row.batchSize),
  ]);
  return [
    '## Stages',
    markdownTable(columns, rows),
    'Busy: at least one unit was being worked on. Elapsed: from first to last, waiting included. RTF: busy seconds per second of audio.',
  ].join('\n\n');
}

function deviceOf({ deviceAsked, deviceUsed }: StageRow): string {
  if (deviceUsed === null)
    return deviceAsked === null ? NO_VALUE : `asked ${escapeCell(deviceAsked)}`;
  if (deviceAsked === null || deviceAsked === deviceUsed) return escapeCell(deviceUsed);
  return `${escapeCell(deviceUsed)} (asked ${escapeCell(deviceAsked)})`;
}

function droppedSection(stages: readonly StageRow[]): string {
  const rows = stages.flatMap(({ stage, unit, items }) =>
    Object.entries(items.dropped)
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => [
        escapeCell(stage),
        escapeCell(reason),
        formatNumber(count),
        escapeCell(unit),
      ]),
  );
  if (rows.length === 0) return '';
  const columns = [left('Stage'), left('Reason'), right('Items'), left('Unit')];
  return `## Lost on the way\n\n${markdownTable(columns, rows)}`;
}

function ledgerSection(ledger: Ledger): string {
  const shares = percentages(ledger);
  const rows = ledger.buckets.map(({ name, reason, amount }, i) => [
    escapeCell(name),
    escapeCell(reason ?? ''),
    formatNumber(amount),
    `${(shares[i] ?? 0).toFixed(2)} %`,
  ]);
  const empty = ledger.buckets.every(({ amount }) => amount === 0);
  rows.push(['total', '', formatNumber(ledger.total), empty ? NO_VALUE : '100.00 %']);
  const columns = [left('Bucket'), left('Reason'), right(escapeCell(ledger.unit)), right('Share')];
  return `## Ledger: ${escapeCell(ledger.name)}\n\n${markdownTable(columns, rows)}`;
}

function loadSection(run: Run): string {
  const loads = [...totalLoads(run.work)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (loads.length === 0) return '';
  const rows = loads.map(([key, count]) => [escapeCell(key), formatNumber(count)]);
  return `## Loads\n\n${markdownTable([left('Resource'), right('Loads')], rows)}`;
}

function environmentSection(run: Run): string {
  const e = run.environment;
  const listed = (record: Readonly<Record<string, string | number>>): string | null => {
    const pairs = Object.entries(record).map(
      ([key, value]) => `${key} ${shortHash(String(value))}`,
    );
    return pairs.length === 0 ? null : pairs.join(', ');
  };
  const entries: [string, string | number | null][] = [
    ['Machine', e.machine],
    ['CPU', e.cpu],
    ['Cores', e.cores],
    ['System', e.os],
    ['Runtime', e.runtime],
    ['Models', listed(e.models)],
    ['Precision', e.precision],
    ['Threads', e.threads],
    ['Batch sizes', listed(e.batchSizes)],
    ['Input', e.inputHash === null ? null : shortHash(e.inputHash)],
    ['Configuration', e.configHash === null ? null : shortHash(e.configHash)],
  ];
  const rows = entries
    .filter(([, value]) => value !== null)
    .map(([what, value]) => [what, escapeCell(String(value))]);
  if (rows.length === 0) return '';
  return `## Environment\n\n${markdownTable([left('What'), left('Value')], rows)}`;
}

function shortHash(text: string): string {
  return /^[0-9a-f]{32,}$/u.test(text) ? `${text.slice(0, 12)}…` : text;
}

function recordSection(run: Run): string {
  const { client, version, format, rejected, droppedSpans, droppedInstants, droppedSamples } =
    run.provenance;
  const rows = [
    ['Recorded by', escapeCell([client, version].filter((part) => part !== '').join(' '))],
    ['Format', escapeCell(format)],
    ['Spans', formatNumber(spanCount(run))],
    ['Spans not kept', formatNumber(droppedSpans)],
    ['Log lines and events', formatNumber(run.instants.timeNs.length)],
    ['Log lines and events not kept', formatNumber(droppedInstants)],
    ['Counter samples not kept', formatNumber(droppedSamples)],
    ['Rows rejected', formatNumber(rejected.length)],
  ];
  return `## Record\n\n${markdownTable([left('What'), left('Value')], rows)}`;
}
