import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { type CallNode, callTree } from '../../../profiler/report/callTree.ts';
import { breakdownOf } from '../../../profiler/report/breakdown.ts';
import { formatBytes, formatNumber, formatSeconds } from '../../../profiler/report/formatNumber.ts';
import type { Counter, Run } from '../../../profiler/model/run.ts';
import { runResult } from '../../runResult.ts';
import type { Session } from '../../session.ts';
import { countText } from '../../countText.ts';
import { type Column, renderTable } from '../../table.ts';
import { storedRun } from '../../../runs/storedRun.ts';

export interface ShowFlags {
  readonly depth: number;
  readonly top: number;
}

interface TreeRow {
  readonly node: CallNode;
  /** Lines that lead to its parent. */
  readonly branch: string;
}

const NS_PER_SECOND = 1e9;
const MOST_TEMPLATES = 10;

/** `profile show RUN`: what is in a run: the tree of its spans, its stages, counters and log lines. */
export async function showRun(session: Session, id: string, flags: ShowFlags): Promise<number> {
  const { output } = session;
  const run = await storedRun(await session.library(), id);
  const tree = callTree(run);
  const stages = breakdownOf(run);
  if (output.json) {
    const pruned = tree.slice(0, flags.top).map((node) => prune(node, flags.depth, flags.top));
    const counters = run.counters.map(counterSummary);
    const { log } = run;
    output.record({
      ...runResult(run),
      name: run.name,
      status: run.status,
      tree: pruned,
      stages,
      series: counters,
      templates: log?.templates ?? [],
    });
    return 0;
  }
  output.result(`${heading(run)}\n`);
  if (tree.length > 0) output.result(`\n${renderTree(run, tree, flags, output.columns)}`);
  if (run.counters.length > 0) {
    const rows = run.counters.map(counterSummary);
    output.result(`\n${renderTable(COUNTER_COLUMNS, rows, output.columns)}`);
  }
  const templates = [...(run.log?.templates ?? [])].sort((a, b) => b.count - a.count);
  if (templates.length > 0) {
    const shown = templates.slice(0, MOST_TEMPLATES);
    output.result(`\n${renderTable(TEMPLATE_COLUMNS, shown, output.columns)}`);
    const more = templates.length - shown.length;
    if (more > 0) output.result(`${countText(more, 'more kind')} of lines\n`);
  }
  if (tree.length === 0 && run.counters.length === 0 && templates.length === 0) {
    output.result('\nIt holds no spans, no counters and no log lines.\n');
  }
  output.info(`\nWhat is wrong with it: earshot profile report ${run.id}`);
  return 0;
}

function heading(run: Run): string {
  const { spans, tracks, durationMs, logLines, rejected, format } = runResult(run);
  const parts = [
    `${run.kind} (${singleLine(format)})`,
    run.status,
    ...(run.weights === null ? [formatSeconds(durationMs / 1000)] : ['no time order']),
    `${countText(spans, 'span')} on ${countText(tracks, 'track')}`,
    ...(logLines > 0 ? [countText(logLines, 'log line')] : []),
    ...(rejected > 0 ? [`${countText(rejected, 'row')} rejected`] : []),
  ];
  return `${singleLine(run.name)}\nRun ${run.id}: ${parts.join(' · ')}`;
}

function renderTree(
  run: Run,
  tree: readonly CallNode[],
  { depth, top }: ShowFlags,
  width: number | undefined,
): string {
  const rows: TreeRow[] = [];
  let hidden = 0;
  const walk = (nodes: readonly CallNode[], prefix: string, level: number): void => {
    const shown = level >= depth ? [] : nodes.slice(0, top);
    hidden += nodes.length - shown.length;
    shown.forEach((node, i) => {
      const last = i === shown.length - 1;
      const joint = level === 0 ? '' : last ? '└─ ' : '├─ ';
      rows.push({ node, branch: prefix + joint });
      walk(node.children, level === 0 ? '' : prefix + (last ? '   ' : '│  '), level + 1);
    });
  };
  walk(tree, '', 0);
  const amount = amountText(run);
  const columns: Column<TreeRow>[] = [
    { title: 'Total', cell: ({ node }) => amount(node.total), align: 'right' },
    { title: 'Self', cell: ({ node }) => amount(node.self), align: 'right' },
    { title: 'Count', cell: ({ node }) => formatNumber(node.count), align: 'right' },
    { title: 'Most', cell: ({ node }) => amount(node.most), align: 'right' },
    {
      title: 'Span',
      prefix: ({ branch }) => branch,
      cell: ({ node }) => node.name,
      flexible: true,
    },
  ];
  const more =
    hidden > 0 ? `${formatNumber(hidden)} more below these (--depth, --top show them)\n` : '';
  return renderTable(columns, rows, width) + more;
}

function amountText(run: Run): (amount: number) => string {
  const unit = run.weights?.unit ?? 'nanoseconds';
  if (unit === 'nanoseconds') return (amount) => formatSeconds(amount / NS_PER_SECOND);
  if (unit === 'bytes') return formatBytes;
  return formatNumber;
}

function prune(node: CallNode, depth: number, top: number): CallNode {
  const children = depth <= 1 ? [] : node.children.slice(0, top);
  return { ...node, children: children.map((child) => prune(child, depth - 1, top)) };
}

interface CounterSummary {
  readonly name: string;
  readonly unit: string;
  readonly samples: number;
  readonly least: number;
  readonly mean: number;
  readonly most: number;
}

function counterSummary({ name, unit, values }: Counter): CounterSummary {
  let least = Infinity;
  let most = -Infinity;
  let sum = 0;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return { name, unit, samples: values.length, least, mean: sum / values.length, most };
}

const counterCell =
  (of: 'least' | 'mean' | 'most') =>
  (row: CounterSummary): string =>
    row.unit === 'By' ? formatBytes(row[of]) : formatNumber(row[of]);

const COUNTER_COLUMNS: readonly Column<CounterSummary>[] = [
  { title: 'Counter', cell: ({ name }) => name, flexible: true },
  { title: 'Unit', cell: ({ unit }) => unit },
  { title: 'Samples', cell: ({ samples }) => formatNumber(samples), align: 'right' },
  { title: 'Least', cell: counterCell('least'), align: 'right' },
  { title: 'Mean', cell: counterCell('mean'), align: 'right' },
  { title: 'Most', cell: counterCell('most'), align: 'right' },
];

const TEMPLATE_COLUMNS: readonly Column<{ readonly count: number; readonly text: string }>[] = [
  { title: 'Lines', cell: ({ count }) => formatNumber(count), align: 'right' },
  { title: 'What they say', cell: ({ text }) => text, flexible: true },
];
