import {
  formatBytes,
  formatNumber,
  formatSeconds,
  formatShare,
  NO_VALUE,
} from '../../src/profiler/report/formatNumber.ts';

/** Units of UCUM and of profilers whose names say less than a word would. */
const PLAIN_UNITS: Readonly<Record<string, string>> = {
  '1': '',
  's/s': '',
  count: '',
};

/** A number with its unit, for a person: seconds, shares and bytes as such, anything else as number and unit. */
export function formatAmount(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  switch (unit) {
    case 's':
      return formatSeconds(value);
    case 'ms':
      return formatSeconds(value / 1e3);
    case 'us':
      return formatSeconds(value / 1e6);
    case 'ns':
      return formatSeconds(value / 1e9);
    case 'share':
      return formatShare(value);
    case 'By':
    case 'bytes':
      return formatBytes(value);
    default:
      return `${formatNumber(value)} ${PLAIN_UNITS[unit] ?? unit}`.trimEnd();
  }
}

/** A stretch of a chart's axis: nanoseconds, or weights where the run has a unit of those. */
export function formatExtent(amount: number, weightsUnit: string | null): string {
  return formatAmount(amount, weightsUnit ?? 'ns');
}

/** `1 span`, `2 spans`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
