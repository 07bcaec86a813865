import type { FileChange } from '../profiler/bisect/history.ts';
import type { SearchResult } from '../profiler/bisect/searchCommit.ts';
import type { Commit } from '../profiler/gate/repository.ts';
import { percentChange } from '../profiler/gate/gateSummary.ts';
import { medianOf } from '../profiler/bisect/noiseModel.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { formatNumber, formatSeconds } from '../profiler/report/formatNumber.ts';
import { commitLabel } from './gateSides.ts';
import type { Session } from './session.ts';

/** What a bisect found. */
export interface BisectReport {
  readonly result: SearchResult;
  readonly good: Commit;
  readonly bad: Commit;
  /** The commit, or those that are left. */
  readonly suspects: readonly Commit[];
  readonly skipped: readonly Commit[];
  /** Of the one commit that was found. */
  readonly changes: readonly FileChange[];
  readonly commits: number;
  /** Runs beside those that were weighed. */
  readonly warmUps: number;
  /** What a bisect with 7 v 7 runs at every step would have run. */
  readonly fixedRuns: number;
  readonly stage: string;
  readonly metric: string;
}

const MOST_LISTED = 20;

export function printBisect({ output }: Session, report: BisectReport): void {
  const { bold, red, yellow, dim } = output.palette;
  const { result, suspects, changes, skipped, fixedRuns, warmUps } = report;
  const { ratio, outcome } = result;
  const effect =
    `${report.stage} ${report.metric}: ${percentChange(ratio.value)} (90 % interval ${percentChange(ratio.low)} … ${percentChange(ratio.high)}), ` +
    `${formatSeconds(medianOf(result.good))} → ${formatSeconds(medianOf(result.bad))}, ` +
    `p = ${formatNumber(Number(result.p.toPrecision(2)))}`;
  output.result('\n');
  if (outcome === 'same') {
    output.result(`${bold(yellow('No difference'))} between good and bad that could be seen.\n`);
  } else if (outcome === 'found') {
    const [commit] = suspects;
    if (commit !== undefined) {
      output.result(`${bold(red(`${commit.hash} is the first slow commit`))}\n`);
      output.result(
        `${singleLine(commit.subject)}\n${singleLine(commit.author)}, ${commit.date}\n`,
      );
    }
  } else {
    const why =
      outcome === 'group'
        ? 'The first slow commit is one of these; those between them cannot be run'
        : 'The runs ran out; the first slow commit is probably one of these';
    output.result(`${bold(yellow(why))}:\n`);
    for (const commit of suspects.slice(0, MOST_LISTED)) {
      output.result(`  ${singleLine(commitLabel(commit))}\n`);
    }
  }
  output.result(`${effect}\n`);
  if (outcome !== 'same') {
    output.result(`How sure: ${(result.confidence * 100).toFixed(1)} %\n`);
  }
  for (const { file, hunks } of changes) {
    output.result(`\n${bold(singleLine(file))}\n`);
    for (const { text } of hunks) {
      output.result(`${text.split('\n').map(singleLine).map(dim).join('\n')}\n`);
    }
  }
  const share = ((100 * result.runs) / fixedRuns).toFixed(0);
  output.result(
    `\n${result.runs} runs (${result.confirmationRuns} to confirm the difference) and ${warmUps} warm-ups; ` +
      `7 v 7 at every step would have been ${fixedRuns} runs (${share} %).\n`,
  );
  if (skipped.length > 0) output.result(`${skipped.length} commits could not be run.\n`);
}

export function bisectRecord(report: BisectReport, exitCode: number): object {
  const { result, suspects, changes, skipped, commits, fixedRuns, warmUps, stage, good, bad } =
    report;
  const { outcome, confidence, ratio, p, runs, confirmationRuns } = result;
  return {
    type: 'result',
    command: 'bisect',
    outcome: outcome === 'same' ? 'inconclusive' : outcome,
    ...(outcome === 'same' ? { code: 'bisect.no-difference' } : {}),
    exitCode,
    commit: outcome === 'found' ? (suspects[0] ?? null) : null,
    suspects,
    confidence,
    effect: {
      stage,
      metric: report.metric,
      ratio: ratio.value,
      interval: [finite(ratio.low), finite(ratio.high)],
      n: [result.good.length, result.bad.length],
      p,
      medians: [medianOf(result.good), medianOf(result.bad)],
    },
    changes,
    good,
    bad,
    commits,
    runs,
    confirmationRuns,
    warmUps,
    fixedRuns,
    skipped,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) && value > 0 ? value : null;
}
