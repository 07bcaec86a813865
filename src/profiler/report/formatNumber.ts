/** What stands where there is no number. */
export const NO_VALUE = '–';

const SIGNIFICANT_DIGITS = 3;

/**
 * A number with at least three significant digits and no exponent for anything between a millionth and a thousand
 * million: a small number never becomes 0.000. Whole numbers stay whole.
 */
export function formatNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) return NO_VALUE;
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return grouped(String(value));
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -9) return value.toExponential(SIGNIFICANT_DIGITS - 1);
  const decimals = Math.min(12, Math.max(0, SIGNIFICANT_DIGITS - 1 - magnitude));
  return grouped(value.toFixed(decimals));
}

/** Units of times below a tenth of a second, with what a second is in them. */
const SHORT_UNITS = [
  ['ns', 1e9, 1e-6],
  ['µs', 1e6, 1e-3],
  ['ms', 1e3, 0.1],
] as const;

/** Seconds as `1.23 µs`, `12.3 ms`, `12.3 s`, `4 min 05 s`, `1 h 02 min 03 s`. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return NO_VALUE;
  const short = SHORT_UNITS.find(([, , below]) => Math.abs(seconds) < below);
  if (short !== undefined && seconds !== 0) {
    return `${formatNumber(Number((seconds * short[1]).toPrecision(SIGNIFICANT_DIGITS)))} ${short[0]}`;
  }
  if (seconds < 59.95) return `${formatNumber(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  if (whole < 3600) return `${minutes} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(minutes)} min ${two(whole % 60)} s`;
}

/** A share of 1 as percent with two decimals, never rounded up to 100 or down to 0. */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return NO_VALUE;
  const percent = share * 100;
  if (share < 1 && percent >= 99.995) return '99.99 %';
  if (share > 0 && percent < 0.005) return '< 0.01 %';
  return `${percent.toFixed(2)} %`;
}

/** Bytes in decimal units: `1.50 GB`. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return NO_VALUE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? formatNumber(value) : value.toPrecision(SIGNIFICANT_DIGITS)} ${units[unit]}`;
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const separated = whole.replace(/\B(?=(?:\d{3})+$)/gu, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}
