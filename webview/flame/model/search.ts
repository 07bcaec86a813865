/** The first place of a rising column whose value is at least `least`, or the length. */
export function firstAtLeast(values: Float64Array | Uint32Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
