import { NO_VALUE, formatBytes, formatNumber, formatShare } from './formatNumber.ts';

/** A target's figure with its unit, for a person. */
export function targetText(value: number | null, unit: string): string {
  if (value === null) return NO_VALUE;
  if (unit === 'bytes') return formatBytes(value);
  if (unit === 'share') return formatShare(value);
  return `${formatNumber(value)} ${unit}`.trimEnd();
}
