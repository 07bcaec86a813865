import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import type { ImportFormat } from '../../../profiler/importers/importer.ts';
import { compareRunSets, type RunSetComparison } from '../../../profiler/verdict/compareRunSets.ts';
import { comparisonSentence } from '../../../profiler/verdict/comparisonSentence.ts';
import type { EnvironmentDifference } from '../../../profiler/verdict/compareEnvironments.ts';
import { screenedComparison } from '../../../profiler/verdict/screenedComparison.ts';
import type { VerdictWord } from '../../../profiler/verdict/verdict.ts';
import { countText } from '../../countText.ts';
import { keepComparisonJudgement } from '../../judgedComparisons.ts';
import type { Session } from '../../session.ts';
import { exactTable, measuredTable, verdictColour, verdictText } from '../../verdictTable.ts';
import { runSet } from './runSets.ts';

export interface CompareFlags {
  readonly stage?: readonly string[];
  readonly metric?: readonly string[];
  /** A ratio: 1.1 for 10 %. */
  readonly threshold: number;
  readonly alpha: number;
  readonly confidence: number;
  readonly as?: ImportFormat;
  readonly acrossEnvironments?: boolean;
  readonly exitCode?: boolean;
}

/** With `--exit-code`: as `gate` ends. */
const EXIT_BY_VERDICT: Readonly<Record<VerdictWord, number>> = {
  same: 0,
  faster: 0,
  slower: 1,
  inconclusive: 2,
  withheld: 2,
};

/** `profile compare A B`: whether B is slower than A. */
export async function compareRuns(
  session: Session,
  textA: string,
  textB: string,
  flags: CompareFlags,
): Promise<number> {
  const a = await runSet(session, textA, textB, flags.as);
  const b = await runSet(session, textB, textA, flags.as);
  const options = {
    threshold: flags.threshold,
    alpha: flags.alpha,
    confidence: flags.confidence,
    stages: flags.stage ?? [],
    metrics: flags.metric ?? [],
    acrossEnvironments: flags.acrossEnvironments === true,
  };
  const compare = a.accepted || b.accepted ? screenedComparison : compareRunSets;
  const comparison = compare(a.facts, b.facts, options);
  const { output } = session;
  const { verdicts, environment, overall, lost, notes } = comparison;
  const summary = comparisonSentence(comparison);
  output.record({
    type: 'result',
    command: 'compare',
    overall,
    summary,
    verdicts,
    environment,
    lost,
    notes,
    a: a.names,
    b: b.names,
    threshold: flags.threshold,
    alpha: flags.alpha,
  });
  print(session, comparison, summary);
  await keepComparisonJudgement(session, a, b, comparison, summary);
  return flags.exitCode === true ? EXIT_BY_VERDICT[overall] : 0;
}

/** Rows of a table that a person still reads. */
const MOST_ROWS = 40;

function print({ output }: Session, comparison: RunSetComparison, summary: string): void {
  const { verdicts, environment, lost, notes, overall } = comparison;
  const { palette, columns } = output;
  const exact = verdicts.filter(({ tier }) => tier === 0);
  const changed = exact.filter(({ verdict }) => verdict !== 'same');
  const measured = verdicts.filter(({ tier }) => tier !== 0);
  const parts: string[] = [];
  if (changed.length > 0) {
    parts.push(exactTable(changed.slice(0, MOST_ROWS), palette, columns));
    if (changed.length > MOST_ROWS) parts.push(`… and ${changed.length - MOST_ROWS} more\n`);
  }
  const same = exact.length - changed.length;
  if (same > 0)
    parts.push(
      palette.dim(`${countText(same, 'exact figure is', 'exact figures are')} the same.\n`),
    );
  if (parts.length > 0) parts.push('\n');
  if (measured.length > 0) {
    parts.push(measuredTable(measured.slice(0, MOST_ROWS), palette, columns));
    if (measured.length > MOST_ROWS) parts.push(`… and ${measured.length - MOST_ROWS} more\n`);
    parts.push('\n');
  }
  for (const { stage, text, missing } of lost) {
    const ids = missing.length === 0 ? '' : `: ${missing.join(', ')}`;
    parts.push(`${palette.yellow('!')} ${singleLine(`${stage}: ${text}${ids}`)}\n`);
  }
  const differences = environment.differences.map(differenceLine);
  for (const line of differences) parts.push(`${palette.yellow('!')} ${singleLine(line)}\n`);
  for (const note of notes) parts.push(`${palette.dim(`· ${singleLine(note)}`)}\n`);
  parts.push(`${verdictColour(overall, palette)(verdictText(overall))}: ${singleLine(summary)}\n`);
  output.result(parts.join(''));
}

function differenceLine({ field, a, b, severity }: EnvironmentDifference): string {
  const change = `${field}: ${a ?? 'not known'} → ${b ?? 'not known'}`;
  return severity === 'different' ? `environment differs, ${change}` : `environment, ${change}`;
}
