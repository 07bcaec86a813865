import type { FileChange } from '../profiler/bisect/history.ts';
import type { SearchResult } from '../profiler/bisect/searchCommit.ts';
import type { Commit } from '../profiler/gate/repository.ts';
import { percentChange } from '../profiler/gate/gateSummary.ts';
import { medianOf } from '../profiler/bisect/noiseModel.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { formatNumber, formatSeconds } from '../profiler/report/formatNumber.ts';
import { countText } from './countText.ts';
import { commitLabel, SHORT_HASH } from './gateSides.ts';
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

/** The answer, or what is known of it, for a person. */
export function printBisect({ output }: Session, report: BisectReport): void {
  const { bold, red, yellow, dim } = output.palette;
  const { result, suspects, changes, skipped } = report;
  const [first] = suspects;
  output.result('\n');
  if (result.outcome === 'found' && first !== undefined) {
    output.result(`${bold(red(`${first.hash} is the first slow commit`))}\n`);
    output.result(`${singleLine(first.subject)}\n${singleLine(first.author)}, ${first.date}\n`);
  } else {
    output.result(`${bold(yellow(openText(report)))}\n`);
    output.result(listOf(report));
  }
  if (!Number.isNaN(result.ratio.value)) output.result(`${effectText(report)}\n`);
  if (result.differs) output.result(`How sure: ${(result.confidence * 100).toFixed(1)} %\n`);
  for (const { file, hunks } of changes) {
    output.result(`\n${bold(singleLine(file))}\n`);
    for (const { text } of hunks) {
      output.result(`${text.split('\n').map(singleLine).map(dim).join('\n')}\n`);
    }
  }
  output.result(`\n${runsText(report)}\n`);
  if (skipped.length > 0) {
    output.result(`${countText(skipped.length, 'commit')} could not be run.\n`);
  }
}

/** What there is to say where it is not one commit. */
function openText({ result, suspects, commits }: BisectReport): string {
  const { outcome, differs } = result;
  const left = `${suspects.length} of ${countText(commits, 'commit')}`;
  if (outcome === 'same') return 'No difference between good and bad that could be seen.';
  if (outcome === 'group') {
    return 'The first slow commit is one of these; those between them cannot be run:';
  }
  if (outcome === 'open') {
    return 'The runs ran out; the first slow commit is probably one of these:';
  }
  return differs
    ? `Cancelled; the first slow commit is probably one of these (${left}):`
    : `Cancelled before it was sure that good and bad differ. What is left (${left}):`;
}

/** From where to where in the history the suspects are, and the likeliest of them. */
function listOf({ result, suspects }: BisectReport): string {
  const [oldest, newest] = [Math.min(...result.suspects), Math.max(...result.suspects)].map(
    (index) => suspects[result.suspects.indexOf(index)]?.hash.slice(0, SHORT_HASH),
  );
  const more = suspects.length - MOST_LISTED;
  const lines = [
    ...(more > 0 ? [`between ${oldest ?? ''} and ${newest ?? ''}:`] : []),
    ...suspects.slice(0, MOST_LISTED).map((commit) => singleLine(commitLabel(commit))),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}

function effectText({ result, stage, metric }: BisectReport): string {
  const { ratio, p } = result;
  const [low, high] = [ratio.low, ratio.high].map(finite);
  const bounded = low !== null || high !== null;
  const [from, to] = [low, high].map((end) => percentChange(end ?? null));
  const interval = bounded ? ` (90 % interval ${from} … ${to})` : '';
  const [good, bad] = [result.good, result.bad].map((values) => formatSeconds(medianOf(values)));
  return [
    `${singleLine(`${stage} ${metric}`)}: ${percentChange(ratio.value)}${interval}`,
    `${good} → ${bad}`,
    ...(Number.isNaN(p) ? [] : [`p = ${formatNumber(Number(p.toPrecision(2)))}`]),
  ].join(', ');
}

function runsText({ result, fixedRuns, warmUps }: BisectReport): string {
  const { runs, confirmationRuns, outcome } = result;
  const made =
    `${countText(runs, 'run')} (${confirmationRuns} to confirm the difference) ` +
    `and ${countText(warmUps, 'warm-up')}`;
  if (outcome === 'cancelled') return `${made} so far.`;
  const share = ((100 * runs) / fixedRuns).toFixed(0);
  return `${made}; 7 v 7 at every step would have been ${countText(fixedRuns, 'run')} (${share} %).`;
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
    partial: outcome === 'cancelled',
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
