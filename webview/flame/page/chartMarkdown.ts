import type { ChartHeader, NameTotal, SpanDetails } from '../../../src/protocol/chart.ts';
import { formatNumber, formatShare } from '../../../src/profiler/report/formatNumber.ts';
import { codeSpan, escapeCell, markdownTable } from '../../../src/profiler/report/markdownTable.ts';
import { countOf, formatExtent } from '../../shared/amounts.ts';
import { figureText } from './figureText.ts';

/** A span as Markdown: a heading with its name, its times, where it is, its attributes. */
export function spanMarkdown(details: SpanDetails, header: ChartHeader): string {
  const { weightsUnit } = header.run;
  const amount = (value: number): string => formatExtent(value, weightsUnit);
  const share = header.extent > 0 ? details.duration / header.extent : null;
  const facts: [string, string][] = [
    [weightsUnit === null ? 'Duration' : 'Total', amount(details.duration)],
    ['Self', amount(details.self)],
    ['Share of the run', formatShare(share)],
    ['Start', amount(details.start)],
    ['Status', details.status],
    [
      'Same name',
      `${countOf(details.sameName.count, 'span')}, total ${amount(details.sameName.total)}, median ${amount(details.sameName.median)}, longest ${amount(details.sameName.max)}`,
    ],
  ];
  const { source } = details;
  const path = [...details.ancestors.map(({ name }) => name), details.name];
  return paragraphs([
    `### ${codeSpan(details.name)}`,
    path.map(codeSpan).join(' › '),
    facts.map(([name, text]) => `- ${name}: ${escapeCell(text)}`).join('\n'),
    source === null ? '' : `Source: ${codeSpan(`${source.file}:${source.line}`)}`,
    details.attributes.length === 0
      ? ''
      : markdownTable(
          [
            { title: 'Attribute', align: 'left' },
            { title: 'Value', align: 'left' },
          ],
          details.attributes.map(({ key, value }) => [escapeCell(key), escapeCell(value)]),
        ),
  ]);
}

/** What lies in an area as Markdown. */
export function areaMarkdown(
  area: { readonly from: number; readonly to: number },
  names: readonly NameTotal[],
  header: ChartHeader,
): string {
  const amount = (value: number): string => formatExtent(value, header.run.weightsUnit);
  const table = markdownTable(
    [
      { title: 'Name', align: 'left' },
      { title: 'Count', align: 'right' },
      { title: 'Total', align: 'right' },
      { title: 'Self', align: 'right' },
      { title: 'Longest', align: 'right' },
    ],
    names.map(({ name, count, total, self, max }) => [
      escapeCell(name),
      formatNumber(count),
      amount(total),
      amount(self),
      amount(max),
    ]),
  );
  const stretch = `${amount(area.from)} to ${amount(area.to)} (${amount(area.to - area.from)})`;
  return paragraphs([`### ${escapeCell(header.run.name)}: ${stretch}`, table]);
}

/** A run in short as Markdown: what it is, its figures against their targets, its findings. */
export function runMarkdown({ run, strip, findings }: ChartHeader): string {
  const about = [run.kind, run.format, run.status, run.startedAt ?? ''].filter(
    (text) => text !== '',
  );
  return paragraphs([
    `## ${escapeCell(run.name)}`,
    about.map(escapeCell).join(' · '),
    strip
      .map((figure) => {
        const { title, value, verdict } = figureText(figure);
        return `- ${escapeCell(title)}: ${escapeCell(value)}${verdict === '' ? '' : ` (${escapeCell(verdict)})`}`;
      })
      .join('\n'),
    findings
      .map(
        ({ severity, title, fix }) => `- **${severity}** ${escapeCell(title)}. ${escapeCell(fix)}`,
      )
      .join('\n'),
  ]);
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
