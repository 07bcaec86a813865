/** Wall clock in nanoseconds since 1970, finer than a millisecond. */
export function unixNanoseconds(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
}
