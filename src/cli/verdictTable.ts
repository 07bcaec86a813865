import {
  formatBytes,
  formatNumber,
  formatSeconds,
  NO_VALUE,
} from '../profiler/report/formatNumber.ts';
import { changeText } from '../profiler/verdict/confirmReason.ts';
import type { Verdict, VerdictWord } from '../profiler/verdict/verdict.ts';
import type { Palette } from './palette.ts';
import { type Column, renderTable } from './table.ts';

const SIGNS: Readonly<Record<VerdictWord, string>> = {
  slower: '▲',
  faster: '▼',
  same: '=',
  inconclusive: '?',
  withheld: '○',
};

/** A verdict as a person reads it: sign and word, the sign as no colour alone may say it. */
export function verdictText(word: VerdictWord): string {
  return `${SIGNS[word]} ${word}`;
}

/** Colours what a verdict says. */
export function verdictColour(word: VerdictWord, palette: Palette): (text: string) => string {
  const { red, green, yellow, dim } = palette;
  return { slower: red, faster: green, same: dim, inconclusive: dim, withheld: yellow }[word];
}

/** Measured metrics as a table, a row each. */
export function measuredTable(
  verdicts: readonly Verdict[],
  palette: Palette,
  width: number | undefined,
): string {
  const columns: readonly Column<Verdict>[] = [
    { title: 'Verdict', cell: ({ verdict }) => verdictText(verdict) },
    { title: 'Stage', cell: ({ stage }) => stage, flexible: true },
    { title: 'Metric', cell: ({ metric }) => metric },
    { title: 'A', cell: ({ medians, unit }) => valueText(medians[0], unit), align: 'right' },
    { title: 'B', cell: ({ medians, unit }) => valueText(medians[1], unit), align: 'right' },
    { title: 'Change', cell: ({ ratio }) => orNone(ratio), align: 'right' },
    { title: 'Interval', cell: intervalText, align: 'right' },
    { title: 'n', cell: ({ n }) => `${n[0]} v ${n[1]}`, align: 'right' },
    { title: 'p', cell: ({ p }) => (p === null ? NO_VALUE : pText(p)), align: 'right' },
    { title: 'Sees', cell: ({ smallestVisible: seen }) => orNone(seen), align: 'right' },
  ];
  return coloured(renderTable(columns, verdicts, width), verdicts, palette);
}

/** Exact figures as a table, a row each. */
export function exactTable(
  verdicts: readonly Verdict[],
  palette: Palette,
  width: number | undefined,
): string {
  const columns: readonly Column<Verdict>[] = [
    { title: 'Verdict', cell: ({ verdict }) => verdictText(verdict) },
    { title: 'Stage', cell: ({ stage }) => stage },
    { title: 'Counted', cell: ({ metric }) => metric, flexible: true },
    { title: 'A', cell: ({ medians, unit }) => valueText(medians[0], unit), align: 'right' },
    { title: 'B', cell: ({ medians, unit }) => valueText(medians[1], unit), align: 'right' },
  ];
  return coloured(renderTable(columns, verdicts, width), verdicts, palette);
}

/** Tables measure the width of what is printed, so colours come last. */
function coloured(table: string, verdicts: readonly Verdict[], palette: Palette): string {
  const [head = '', ...rows] = table.trimEnd().split('\n');
  const lines = rows.map((row, i) => {
    const word = verdicts[i]?.verdict ?? 'same';
    const text = verdictText(word);
    return verdictColour(word, palette)(text) + row.slice(text.length);
  });
  return `${[palette.bold(head), ...lines].join('\n')}\n`;
}

/** A value in its unit. */
export function valueText(value: number | string | null, unit: string): string {
  if (value === null || typeof value === 'string') return value ?? NO_VALUE;
  if (unit === 's') return timeText(value);
  if (unit === 'By') return formatBytes(value);
  const plain = ['', '1', 'loads', 'spans'].includes(unit);
  return plain ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** Times below a second in the unit that leaves no row of zeros. */
function timeText(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return formatSeconds(seconds);
  for (const [unit, factor] of [
    ['ms', 1e3],
    ['µs', 1e6],
  ] as const) {
    if (seconds * factor >= 1) return `${formatNumber(seconds * factor)} ${unit}`;
  }
  return `${formatNumber(seconds * 1e9)} ns`;
}

function orNone(ratio: number | null): string {
  return ratio === null ? NO_VALUE : changeText(ratio);
}

function intervalText({ interval: [low, high] }: Verdict): string {
  return low === null && high === null ? NO_VALUE : `${orNone(low)} … ${orNone(high)}`;
}

function pText(p: number): string {
  return p < 0.001 ? p.toExponential(1) : p.toFixed(3);
}
