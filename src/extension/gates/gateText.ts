import { formatPercentChange } from '../platform/formatChange.ts';
import type { GateRecord, GateVerdict } from './gateRecord.ts';

const RANK: Readonly<Record<GateVerdict['verdict'], number>> = {
  slower: 0,
  withheld: 1,
  inconclusive: 2,
  faster: 3,
  same: 4,
};

/** Verdicts that a person looks at: wall times, and of everything else what got worse for sure; the worst first. */
export function tellingVerdicts({ verdicts }: GateRecord): GateVerdict[] {
  return verdicts
    .filter(
      ({ metric, tier, verdict }) =>
        metric === 'seconds' || (tier === 0 && verdict !== 'same') || verdict === 'slower',
    )
    .toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]);
}

/** `embed: seconds  +31 % (+24 % … +38 %)  slower  10 v 10  p 0.0003  sees +12 %` */
export function verdictLine(each: GateVerdict): string {
  const [low, high] = each.interval;
  const parts = [
    `${each.stage}: ${each.metric}`,
    each.tier === 0
      ? 'exact'
      : `${formatPercentChange(each.ratio)} (${formatPercentChange(low)} … ${formatPercentChange(high)})`,
    each.verdict,
    `${each.n[0]} v ${each.n[1]}`,
    ...(each.p === null ? [] : [`p ${Number(each.p.toPrecision(2))}`]),
    ...(each.smallestVisible === null ? [] : [`sees ${formatPercentChange(each.smallestVisible)}`]),
  ];
  return parts.join('  ');
}

/** The whole answer as lines of plain text, for a test's output and its failure message. */
export function gateLines(record: GateRecord): string[] {
  const headline = {
    regression: `Regression in ${record.name}`,
    fine: `No regression in ${record.name}`,
    inconclusive: `Inconclusive: the runs of ${record.name} could not decide`,
  }[record.result];
  return [
    record.partial ? `${headline} (cancelled)` : headline,
    `A ${record.baseline.label}`,
    `B ${record.head.label}`,
    `${record.runs[0]} v ${record.runs[1]} runs. ${record.why}`,
    '',
    ...tellingVerdicts(record).map(verdictLine),
  ];
}
