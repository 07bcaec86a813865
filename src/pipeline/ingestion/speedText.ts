/** A rate of transfer, ready to print: `3.1 MB/s`. */
export function formatBytesPerSecond(bytesPerSecond: number): string | null {
  if (!(bytesPerSecond > 0)) return null;
  const units = ['B/s', 'kB/s', 'MB/s', 'GB/s'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(bytesPerSecond) / 3));
  const value = bytesPerSecond / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[power] ?? ''}`;
}

/** How much faster than the audio plays, ready to print: `42× real time`. */
export function formatRealTime(audioSeconds: number, wallSeconds: number): string | null {
  if (!(wallSeconds > 0) || !(audioSeconds > 0)) return null;
  const speed = audioSeconds / wallSeconds;
  return `${speed < 10 ? speed.toFixed(1) : speed.toFixed(0)}× real time`;
}
