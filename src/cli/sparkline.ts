const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Values as a row of bars between their least and greatest one; equal values make a row of the same height. */
export function sparkline(values: readonly number[]): string {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const bar = (value: number): string => {
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? BARS[0];
  };
  return values.map(bar).join('');
}
