/** `4:05` or `1:02:03`. */
export function formatTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(whole % 60)}`
    : `${minutes}:${pad(whole % 60)}`;
}

/** `97 %`, without claiming 100 % for less. */
export function formatPercent(fraction: number): string {
  const percent = fraction * 100;
  return `${fraction < 1 ? Math.min(99, Math.round(percent)) : Math.round(percent)} %`;
}

/** `1 speaker`, `3 speakers`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
