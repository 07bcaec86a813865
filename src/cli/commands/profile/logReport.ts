import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { INSTANT_KIND } from '../../../profiler/model/columns.ts';
import type { LogSummary, LogTemplate, Measurement } from '../../../profiler/model/logSummary.ts';
import { MEASUREMENT_KINDS } from '../../../profiler/model/logSummary.ts';
import { type Run, spanCount } from '../../../profiler/model/run.ts';
import { formatNumber } from '../../../profiler/report/formatNumber.ts';
import { countText } from '../../countText.ts';
import { durationText } from '../../quantities.ts';
import { type Column, renderTable } from '../../table.ts';

const TOP_TEMPLATES = 10;
const NS_PER_SECOND = 1e9;

/** What was found in a log, for a person. */
export function logReport(
  run: Run,
  flags: { readonly unmatched?: boolean; readonly templates?: boolean },
  width: number | undefined,
): string {
  const { log } = run;
  if (log === null) return `${singleLine(run.name)}: no lines.\n`;
  const parts = [
    heading(run, log),
    measured(log),
    templateTable(log, flags.templates === true ? Infinity : TOP_TEMPLATES, width),
  ];
  if (flags.unmatched === true) parts.push(unmatchedLines(log));
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function heading(run: Run, log: LogSummary): string {
  const times = run.instants.timeNs.filter((_, i) => run.instants.kind[i] === INSTANT_KIND.log);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first;
  const lines = [
    `${singleLine(run.name)}: ${countText(log.lines, 'line')}, ` +
      `${countText(log.templates.length, 'kind')} of lines, ${countText(spanCount(run), 'span')}`,
  ];
  if (!log.timed) lines.push('No times in it: what took how long stands one after the other.');
  else if (run.epochNs > 0n) {
    const from = dateText(run.epochNs, first);
    const to = dateText(run.epochNs, last);
    lines.push(`From ${from} to ${to}: ${durationText((last - first) / NS_PER_SECOND)}`);
  } else lines.push(`Over ${durationText((last - first) / NS_PER_SECOND)}, without dates`);
  if (log.unmatchedLines > 0) {
    lines.push(
      `Nothing found in ${countText(log.unmatchedLines, 'line')} (--unmatched lists some)`,
    );
  }
  return lines.join('\n');
}

function dateText(epochNs: bigint, offsetNs: number): string {
  const date = new Date(Number(epochNs / 1_000_000n) + offsetNs / 1e6);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString();
}

function measured(log: LogSummary): string {
  const rows = MEASUREMENT_KINDS.map((kind) => {
    const all = log.measurements.filter((each) => each.kind === kind);
    const wanted = all.filter(({ role }) => role !== 'actual').length;
    return { kind, all, wanted };
  }).filter(({ all }) => all.length > 0);
  if (rows.length === 0) return 'No figures in it.';
  const texts = rows.map(({ kind, all, wanted }) => {
    const of = wanted > 0 ? ` (${formatNumber(wanted)} expected or asked for)` : '';
    return `  ${kind}: ${formatNumber(all.length)}${of}, such as ${sample(all)}`;
  });
  const { droppedMeasurements: more } = log;
  if (more > 0) texts.push(`  and ${formatNumber(more)} more that were only counted`);
  return ['Found:', ...texts].join('\n');
}

/** The quote of the figure that is rarest: of those that repeat, one says as much as all. */
function sample(all: readonly Measurement[]): string {
  const [first] = all;
  return first === undefined ? '' : `“${first.quote}” (line ${first.line})`;
}

const COLUMNS: readonly Column<LogTemplate>[] = [
  { title: 'Lines', cell: ({ count }) => formatNumber(count), align: 'right' },
  {
    title: 'First',
    cell: ({ firstLine }) => String(firstLine),
    align: 'right',
  },
  { title: 'What they say', cell: ({ text }) => text, flexible: true },
];

function templateTable(log: LogSummary, most: number, width: number | undefined): string {
  const sorted = [...log.templates].sort((a, b) => b.count - a.count);
  const shown = sorted.slice(0, most);
  const more = sorted.length - shown.length;
  const table = renderTable(COLUMNS, shown, width).trimEnd();
  return more > 0 ? `${table}\n${countText(more, 'more kind')} of lines (--templates)` : table;
}

function unmatchedLines({ unmatched, unmatchedLines: count }: LogSummary): string {
  if (count === 0) return 'Something was found in every line.';
  const lines = unmatched.map(({ line, quote }) => `${String(line).padStart(8)}  ${quote}`);
  const more = count - unmatched.length;
  return [
    'Lines that nothing was found in:',
    ...lines,
    ...(more > 0 ? [`and ${formatNumber(more)} more`] : []),
  ].join('\n');
}
