import type { Mark, MarkFinding, MarkVerdict } from '../../protocol/markMessages.ts';
import { formatPercentChange } from '../platform/formatChange.ts';
import { isRegression, oneLine, shareText, shortened, valueText, verdictText } from './markText.ts';

const MOST_EVIDENCE = 10;

/**
 * Text from outside as Markdown that shows it as it is: every mark of punctuation that could mean something stands behind
 * a backslash, also those of addresses, which would become links by themselves.
 */
export function literalMarkdown(text: string, most = 400): string {
  return shortened(text, most).replace(/[!-/:-@[-`{-~]/gu, '\\$&');
}

/** The same for a document that is read as text as well: only what means something inside of a line. */
function documentMarkdown(text: string, most = 400): string {
  return shortened(text, most).replace(/[\\`*_[\]<>|~&]/gu, '\\$&');
}

/** What a verdict says, a line each. */
export function verdictLines(
  verdict: MarkVerdict,
  share: number | null,
  literal = literalMarkdown,
): string[] {
  const { stage, metric, reason, medians, unit, p, smallestVisible, tier, word } = verdict;
  const [a = '', b = ''] = medians.map((value) => literal(valueText(value, unit)));
  const sure = p === null ? '' : ` · p = ${literal(probabilityText(p))}`;
  const sees =
    smallestVisible === null
      ? ''
      : ` · sees ${literal(formatPercentChange(smallestVisible))} three times in four`;
  const part = share === null ? '' : ` · ${literal(shareText(share))} of the run`;
  return [
    `**${literal(stage)}** ${literal(metric)}: **${literal(verdictText(verdict))}**`,
    `A ${a} → B ${b}${tier === 0 ? ', exact' : ''}${sure}${sees}${part}`,
    // Of a clear change it repeats the figures.
    ...(word === 'slower' || word === 'faster' ? [] : [literal(reason)]),
    ...(tier === 1 ? ['A hint against accepted runs of other sessions: a gate confirms it.'] : []),
  ];
}

function probabilityText(p: number): string {
  return p < 1e-4 ? p.toExponential(1) : String(Number(p.toPrecision(2)));
}

/** What a finding says, a line each. */
export function findingLines(finding: MarkFinding, literal = literalMarkdown): string[] {
  const { title, expected, actual, cause, fix, wastedSeconds, share } = finding;
  const lost = wastedSeconds === null ? null : `${valueText(wastedSeconds, 's')} lost`;
  const part = share === null ? null : `${shareText(share)} of the run`;
  const cost = [lost, part].filter((each) => each !== null).join(', ');
  const line = (name: string, text: string): string[] =>
    text === '' ? [] : [`${name}: ${literal(text)}`];
  return [
    `**${literal(title)}**`,
    ...line('Expected', expected),
    ...line('Actual', actual),
    ...line('Cost', cost),
    ...line('Cause', cause),
    ...line('Fix', fix),
  ];
}

/** A page about one mark: what the report of a run does not say of a comparison. */
export function markPage(mark: Mark): string {
  const { verdict, finding, file, source, runs, share } = mark;
  const heading = verdict !== null ? `${verdict.stage}: ${verdict.metric}` : (finding?.title ?? '');
  const parts = [
    `# ${documentMarkdown(heading)}`,
    `${documentMarkdown(file)}, line ${source.line} when it was measured` +
      (share === null ? '' : `; ${shareText(share)} of the run`),
    `Judged by the ${madeBy(mark)} at ${documentMarkdown(mark.madeAt)}; the line was found by its ${RUNGS[source.rung]}.`,
  ];
  if (verdict !== null) {
    parts.push(...verdictLines(verdict, null, documentMarkdown), ...valueTable(verdict));
    if (isRegression(verdict)) {
      parts.push(
        'What is slower on purpose can be accepted as the new baseline; what need not be told can be silenced with a reason.',
      );
    }
  }
  if (finding !== null) {
    parts.push(...findingLines(finding, documentMarkdown));
    const evidence = finding.evidence.slice(0, MOST_EVIDENCE).map(({ text, file: of, line }) => {
      const place =
        of === null ? '' : ` (${documentMarkdown(of)}${line === null ? '' : `:${line}`})`;
      return `- ${documentMarkdown(text)}${place}`;
    });
    if (evidence.length > 0) parts.push('## Evidence', evidence.join('\n'));
  }
  const ids = (side: readonly string[]): string => side.map((id) => id.slice(0, 8)).join(',');
  if (runs.a.length > 0 && runs.b.length > 0 && verdict !== null) {
    const command = `earshot profile compare ${ids(runs.a)} ${ids(runs.b)}`;
    parts.push('## To compute it again', `\`\`\`sh\n${commandSafe(command)}\n\`\`\``);
  } else if (runs.b.length > 0) {
    const command = `earshot profile report ${ids(runs.b.slice(-1))}`;
    parts.push('## The report of the run', `\`\`\`sh\n${commandSafe(command)}\n\`\`\``);
  }
  return `${parts.join('\n\n')}\n`;
}

const RUNGS: Readonly<Record<Mark['source']['rung'], string>> = {
  'code-attribute': 'place in the trace',
  frame: 'frame in the profile',
  symbol: 'name',
  'string-literal': 'text',
  'user-map': 'entry in earshot.config.json',
};

function madeBy({ origin, name }: Mark): string {
  const what = { gate: 'gate', compare: 'comparison of', run: 'run of' }[origin];
  return `${what} ${documentMarkdown(name)}`;
}

function valueTable({ values, unit }: MarkVerdict): string[] {
  const rows = Math.max(values[0].length, values[1].length);
  if (rows === 0) return [];
  const cell = (value: number | undefined): string =>
    value === undefined ? '' : documentMarkdown(valueText(value, unit));
  const lines = Array.from({ length: rows }, (_, i) => {
    return `| ${i + 1} | ${cell(values[0][i])} | ${cell(values[1][i])} |`;
  });
  return [['| Run | A | B |', '| --: | --: | --: |', ...lines].join('\n')];
}

function commandSafe(text: string): string {
  return oneLine(text).replaceAll('`', '’');
}
