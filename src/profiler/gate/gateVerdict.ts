import { type CompareOptions, isWanted, COMPARE_DEFAULTS } from '../verdict/compareOptions.ts';
import type { RunSetComparison } from '../verdict/compareRunSets.ts';
import { isNetworkStage } from '../verdict/metric.ts';

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
 * The verdict of a gate: a regression where an exact figure or a deciding time got worse; else inconclusive where one
 * could not be decided or must not be; else fine.
 */
export function gateVerdict(
  { verdicts }: RunSetComparison,
  compare: Partial<CompareOptions>,
): GateVerdict {
  const deciding = verdicts.filter((each) => each.tier === 0 || isDeciding(each, compare));
  if (deciding.some(({ verdict }) => verdict === 'slower')) return 'regression';
  const measured = deciding.filter(({ tier }) => tier !== 0);
  const open = measured.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'withheld');
  return open || measured.length === 0 ? 'inconclusive' : 'fine';
}
