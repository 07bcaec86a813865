import { formatNumber } from '../report/formatNumber.ts';
import type { CompareOptions } from './compareOptions.ts';
import type { SamplePair } from './samplePairs.ts';
import type { Verdict } from './verdict.ts';

/** A ratio as a change: `+12.3 %`. */
export function changeText(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return 'unknown';
  const percent = (ratio - 1) * 100;
  const text = Math.abs(percent) < 0.05 ? '0' : formatPercent(percent);
  return `${percent > 0 && text !== '0' ? '+' : ''}${text} %`;
}

function formatPercent(percent: number): string {
  return Math.abs(percent) >= 100 ? percent.toFixed(0) : percent.toFixed(1);
}

interface Circumstances {
  readonly small: boolean;
  readonly shift: number;
  readonly floor: number;
  readonly options: CompareOptions;
}

/** Why a metric has its verdict, in one sentence. */
export function confirmReason(
  verdict: Omit<Verdict, 'reason'>,
  pair: SamplePair,
  { small, shift, floor, options }: Circumstances,
): string {
  const { n, ratio, interval, p, smallestVisible } = verdict;
  const design = `${n[0]} v ${n[1]}`;
  const change = changeText(ratio);
  const between = `between ${changeText(interval[0])} and ${changeText(interval[1])}`;
  const sees =
    smallestVisible === null
      ? ''
      : `; ${design} at this noise sees ${changeText(smallestVisible)} three times in four`;
  const limit = changeText(options.threshold);
  switch (verdict.verdict) {
    case 'slower':
    case 'faster':
      return `${change}, ${between}, p = ${formatNumber(p)} of ${design}.`;
    case 'same':
      return small
        ? `Any change is below ${formatNumber(floor)} ${pair.unit}, too little to matter.`
        : `${between[0]?.toUpperCase() ?? ''}${between.slice(1)}: inside of ±${limit.slice(1)}.`;
    default:
  }
  if (verdict.method === 'none') {
    return `Not enough runs: ${design}, and at least 3 of each are needed.`;
  }
  if (pair.better === 'none') return `${change}, ${between}; neither way is better.`;
  if (shift < floor) {
    return `${change} is ${formatNumber(shift)} ${pair.unit}, less than the ${formatNumber(floor)} that matter${sees}.`;
  }
  const beyond = ratio !== null && (ratio >= options.threshold || ratio <= 1 / options.threshold);
  if (beyond && p !== null && p > options.alpha) {
    return `${change}, ${between}, but p = ${formatNumber(p)} is above ${options.alpha}${sees}.`;
  }
  return `${change}, ${between}: more runs or less noise would tell${sees}.`;
}
