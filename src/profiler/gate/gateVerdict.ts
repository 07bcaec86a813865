import { type CompareOptions, isWanted, COMPARE_DEFAULTS } from '../verdict/compareOptions.ts';
import type { RunSetComparison } from '../verdict/compareRunSets.ts';
import { isNetworkStage, WHOLE_RUN } from '../verdict/metric.ts';

/** What a gate says: its exit codes 0, 1 and 2. */
export const GATE_VERDICTS = ['fine', 'regression', 'inconclusive'] as const;

export type GateVerdict = (typeof GATE_VERDICTS)[number];

/**
 * Whether a measured metric decides: wall time of the run and of its stages. CPU time, memory and other counters are
 * shown beside them, and decide where they are asked for.
 */
export function isDeciding(
  { stage, metric }: { readonly stage: string; readonly metric: string },
  compare: Partial<CompareOptions>,
): boolean {
  const options = { ...COMPARE_DEFAULTS, ...compare };
  if (!isWanted({ stage, metric }, options) || isNetworkStage(stage)) return false;
  return metric === 'seconds' || options.metrics.includes(metric);
}

/**
 * The verdict of a gate. A regression where an exact figure or a deciding time got worse. Else it is inconclusive where
 * less was done, so that times say nothing, or where the whole run (or a stage that was asked for) may still have got
 * slower by the threshold. Else it is fine: other stages that could not be decided are shown, and leave it so.
 */
export function gateVerdict(
  { verdicts }: RunSetComparison,
  compare: Partial<CompareOptions>,
): GateVerdict {
  const { threshold, stages } = { ...COMPARE_DEFAULTS, ...compare };
  const deciding = verdicts.filter((each) => each.tier === 0 || isDeciding(each, compare));
  if (deciding.some(({ verdict }) => verdict === 'slower')) return 'regression';
  const measured = deciding.filter(({ tier }) => tier !== 0);
  if (measured.some(({ verdict }) => verdict === 'withheld')) return 'inconclusive';
  const held = measured.filter(({ stage }) => stages.length > 0 || stage === WHOLE_RUN);
  const open = held.some(
    ({ verdict, interval: [, high] }) =>
      verdict === 'inconclusive' && (high === null || high >= threshold),
  );
  return open || held.length === 0 ? 'inconclusive' : 'fine';
}
