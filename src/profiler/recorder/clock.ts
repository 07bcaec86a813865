/**
 * Unix time in nanoseconds from the monotonic clock. That clock is one for all processes of a machine, so processes
 * that are given the same offset measure on one time line, whatever the wall clock does meanwhile.
 */
export interface UnixClock {
  /** Unix time at which the monotonic clock was 0; hand it to other processes as a decimal string. */
  readonly offsetNs: bigint;
  /** Unix time in nanoseconds. */
  now(): bigint;
}

/** The clock with a given offset; without one, the offset of this moment. */
export function createUnixClock(offsetNs: bigint = measureOffsetNs()): UnixClock {
  return { offsetNs, now: () => process.hrtime.bigint() + offsetNs };
}

function measureOffsetNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();
}
