import { amountText, signedText } from '../../../src/profiler/diff/amountText.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { codeSpan, escapeCell, markdownTable } from '../../../src/profiler/report/markdownTable.ts';
import type { LoneSpansView } from '../../../src/protocol/runMessages.ts';
import { countOf } from '../../shared/amounts.ts';
import { headlineText } from './changeWords.ts';
import { counterTexts } from './counterTexts.ts';
import type { DiffResult } from './diffResult.ts';
import { explanationText, percentText, waterfallRows } from './waterfallRows.ts';

const TOP_STEPS = 15;
const TOP_ROWS = 10;

/** The difference of two runs as Markdown for an issue or a chat: names of runs and spans are escaped. */
export function diffMarkdown(diff: DiffResult): string {
  const { a, b, unit, totalA, totalB } = diff;
  return [
    `## ${escapeCell(a.run.name)} → ${escapeCell(b.run.name)}`,
    `**${escapeCell(headlineText(totalA, totalB, unit))}**`,
    `A: ${codeSpan(a.run.id)} · B: ${codeSpan(b.run.id)}`,
    ...waterfallPart(diff),
    ...countersPart(diff),
    ...lonePart('Only in A', diff.onlyInA, diff.loneA, unit),
    ...lonePart('Only in B', diff.onlyInB, diff.loneB, unit),
    `${countOf(diff.pairs, 'span is', 'spans are')} in both.`,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function waterfallPart(diff: DiffResult): string[] {
  const { unit } = diff;
  const rows = waterfallRows(diff, 'name', TOP_STEPS).map(({ kind, label, a, b, delta, share }) =>
    kind === 'total-a' || kind === 'total-b'
      ? [
          `**${label}**`,
          kind === 'total-a' ? amountText(a, unit) : '',
          kind === 'total-b' ? amountText(b, unit) : '',
          '',
          '',
        ]
      : [
          escapeCell(label),
          amountText(a, unit),
          amountText(b, unit),
          signedText(delta, unit),
          share === null ? '' : percentText(share),
        ].map((text, i) => (i === 0 ? text : escapeCell(text))),
  );
  const columns = [
    { title: 'Step', align: 'left' },
    { title: 'A', align: 'right' },
    { title: 'B', align: 'right' },
    { title: 'Change', align: 'right' },
    { title: 'Of the difference', align: 'right' },
  ] as const;
  return ['### What explains the difference', explanationText(diff), markdownTable(columns, rows)];
}

function countersPart({ counters }: DiffResult): string[] {
  if (counters.length === 0) return [];
  const rows = counters.slice(0, TOP_ROWS).map((counter) => {
    const { title, stage, a, b, change } = counterTexts(counter);
    return [title, stage, a, b, change].map(escapeCell);
  });
  const columns = [
    { title: 'Counter', align: 'left' },
    { title: 'Stage', align: 'left' },
    { title: 'A', align: 'right' },
    { title: 'B', align: 'right' },
    { title: 'Change', align: 'left' },
  ] as const;
  return ['### Counted differently', markdownTable(columns, rows)];
}

function lonePart(
  title: string,
  all: number,
  groups: readonly LoneSpansView[],
  unit: string,
): string[] {
  if (groups.length === 0) return [];
  const rows = groups
    .slice(0, TOP_ROWS)
    .map(({ name, parent, count, amount }) => [
      codeSpan(name).replaceAll('|', '\\|'),
      parent === null ? '' : codeSpan(parent).replaceAll('|', '\\|'),
      formatNumber(count),
      escapeCell(amountText(amount, unit)),
    ]);
  const columns = [
    { title: 'Span', align: 'left' },
    { title: 'Under', align: 'left' },
    { title: 'Count', align: 'right' },
    { title: 'Total', align: 'right' },
  ] as const;
  return [`### ${title}: ${countOf(all, 'span')}`, markdownTable(columns, rows)];
}
