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

/** Units of times, by the names that UCUM and profilers give them: how many a second has. */
const PER_SECOND: Readonly<Record<string, number>> = {
  s: 1,
  seconds: 1,
  ms: 1e3,
  milliseconds: 1e3,
  us: 1e6,
  microseconds: 1e6,
  ns: 1e9,
  nanoseconds: 1e9,
};

/** A number with its unit, for a person: seconds, shares and bytes as such, anything else as number and unit. */
export function formatAmount(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  const perSecond = Object.hasOwn(PER_SECOND, unit) ? PER_SECOND[unit] : undefined;
  if (perSecond !== undefined) return formatSeconds(value / perSecond);
  switch (unit) {
    case 'share':
      return formatShare(value);
    case 'By':
    case 'bytes':
      return formatBytes(value);
    default:
      return `${formatNumber(value)} ${unitWord(unit)}`.trimEnd();
  }
}

/** What stands behind a number: what UCUM says in braces is a word for a person already. */
export function unitWord(unit: string): string {
  if (Object.hasOwn(PLAIN_UNITS, unit)) return PLAIN_UNITS[unit] ?? unit;
  return unit.replaceAll(/[{}]/gu, '');
}

/** A stretch of a chart's axis: nanoseconds, or weights where the run has a unit of those. */
export function formatExtent(amount: number, weightsUnit: string | null): string {
  return formatAmount(amount, weightsUnit ?? 'ns');
}

/** `1 span`, `2 spans`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
