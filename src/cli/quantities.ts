const SECONDS_PER_MINUTE = 60;

/** A length of time as people say it: `3.2 s`, `1 min 05 s`, `2 h 03 min`. */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < SECONDS_PER_MINUTE) return `${whole} s`;
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE);
  const two = (value: number) => String(value).padStart(2, '0');
  if (minutes < 60) return `${minutes} min ${two(whole % SECONDS_PER_MINUTE)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A share as a percentage. */
export function percentText(share: number, digits: number): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** A size in decimal units, as disks and downloads are measured. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 999.5 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** A number with up to four significant digits and no needless zeros. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}
