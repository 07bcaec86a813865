/** Share of one core that looking at the program may cost. */
const BUDGET = 0.004;
/** Milliseconds between two looks, by the seconds that the program has been running. */
const PERIODS: readonly (readonly [seconds: number, milliseconds: number])[] = [
  [0.5, 10],
  [5, 25],
  [30, 50],
  [300, 100],
  [1800, 250],
  [Infinity, 1000],
];

const MAX_DELAY_MS = 5000;

/**
 * How long to wait until the next look: often at first, when short programs end and files are loaded, ever more seldom
 * later, and never so often that it costs more than its budget.
 *
 * @param costMs what the last looks have cost, on average.
 */
export function samplingDelayMs(secondsRunning: number, costMs: number): number {
  const [until, period] = PERIODS.find(([end]) => secondsRunning < end) ?? [Infinity, 1000];
  // The first seconds may be dear: they are over soon, and what they find decides what is watched.
  const longest = until <= 0.5 ? 2 * period : until <= 5 ? 4 * period : MAX_DELAY_MS;
  return Math.min(Math.max(period, costMs / BUDGET), longest);
}
