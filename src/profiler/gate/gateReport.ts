import type { Finding } from '../diagnosis/finding.ts';
import type { SourceRef } from '../model/run.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { WHOLE_RUN } from '../verdict/metric.ts';
import type { GateOutcome } from './runGate.ts';

/** A side of a gate in words. */
export interface GateSide {
  /** `main (1a2b3c4d5e)`, `working tree (1a2b3c4d5e with changes)` */
  readonly label: string;
  readonly runIds: readonly string[];
}

/** All that the reports of a gate say. */
export interface GateReport {
  readonly name: string;
  /** As it would be typed in a shell. */
  readonly command: string;
  readonly outcome: GateOutcome;
  readonly a: GateSide;
  readonly b: GateSide;
  /** Where stages are in the sources. */
  readonly locations: ReadonlyMap<string, SourceRef>;
  /** What is wrong with the last run of B. */
  readonly findings: readonly Finding[];
  /** What to know of this gate, each a sentence. */
  readonly notes: readonly string[];
  /** The machine, in a line. */
  readonly machine: string;
  /** Commands that do it again, or recompute the verdict from the stored runs. */
  readonly reproduce: readonly string[];
  readonly version: string;
}

/** How many runs there were, and why no more. */
export function stopText({ runs, why }: GateOutcome): string {
  return `${runs[0]} v ${runs[1]} runs. ${why}`;
}

/** Title of the column of intervals: `90 % interval`. */
export function intervalTitle({ confidence }: GateOutcome): string {
  return `${Number((confidence * 100).toFixed(1))} % interval`;
}

const HEADLINES = {
  regression: 'Regression',
  fine: 'No regression',
  inconclusive: 'Inconclusive',
} as const;

/** The verdict with what carries it, in one line. */
export function headline({ outcome, name }: GateReport): string {
  const worst = outcome.comparison.verdicts.find(({ verdict }) => verdict === 'slower');
  const what = worst === undefined ? '' : `: ${verdictName(worst)}`;
  const partial = outcome.cancelled ? ' (cancelled)' : '';
  return `${HEADLINES[outcome.verdict]}${partial} in ${name}${what}`;
}

/** `embed: seconds` */
export function verdictName({ stage, metric }: Pick<Verdict, 'stage' | 'metric'>): string {
  return `${stage}: ${metric}`;
}

/**
 * Verdicts that a person wants to see: all times but those of a root span that are the whole run's, and of the rest what
 * changed for sure. The JSON has them all.
 */
export function shownVerdicts({ outcome }: GateReport): Verdict[] {
  const rank = { slower: 0, withheld: 1, inconclusive: 2, faster: 3, same: 4 } as const;
  const { verdicts } = outcome.comparison;
  const times = ({ medians, ratio, interval }: Verdict): string =>
    JSON.stringify([medians, ratio, interval]);
  const whole = verdicts.find(({ stage, metric }) => stage === WHOLE_RUN && metric === 'seconds');
  const isWhole = (each: Verdict): boolean =>
    whole !== undefined && each !== whole && times(each) === times(whole);
  return verdicts
    .filter(
      (each) =>
        (each.metric === 'seconds' && !isWhole(each)) ||
        (each.verdict !== 'same' && each.metric !== 'seconds' && isCertain(each)),
    )
    .toSorted((x, y) => rank[x.verdict] - rank[y.verdict]);
}

function isCertain({ tier, verdict }: Verdict): boolean {
  return tier === 0 || verdict !== 'inconclusive';
}
