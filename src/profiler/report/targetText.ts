import { NO_VALUE, formatBytes, formatNumber, formatShare } from './formatNumber.ts';
import type { ReportTarget } from './runAnalysis.ts';

/** A target's figure with its unit, for a person. */
export function targetText(value: number | null, unit: string): string {
  if (value === null) return NO_VALUE;
  if (unit === 'bytes') return formatBytes(value);
  if (unit === 'share') return formatShare(value);
  return `${formatNumber(value)} ${unit}`.trimEnd();
}

/** The limit of a target for a person; both ends of a range. */
export function limitText({
  direction,
  target,
  range,
  unit,
}: Pick<ReportTarget, 'direction' | 'target' | 'range' | 'unit'>): string {
  if (range !== undefined) {
    const [low, high] = range;
    const from = unit === 'share' || unit === 'bytes' ? targetText(low, unit) : formatNumber(low);
    return `${from} to ${targetText(high, unit)}`;
  }
  return `${direction === 'at-most' ? '≤' : '≥'} ${targetText(target, unit)}`;
}
