import { hodgesLehmannShift } from '../stats/hodgesLehmann.ts';

/**
 * Whether any way to call so many of these values A and the others B would give a ratio of at least the threshold and a
 * shift of at least the floor, in either direction. It looks at the values without their labels, so leaving out what
 * could not differ does not touch the error of those that could.
 */
export function couldDiffer(
  a: readonly number[],
  b: readonly number[],
  threshold: number,
  floor: number,
): boolean {
  const all = [...a, ...b].sort((x, y) => x - y);
  return [a.length, b.length].some((lower) => {
    const low = all.slice(0, lower);
    const high = all.slice(lower);
    const shift = hodgesLehmannShift(low, high).value;
    const ratio = hodgesLehmannShift(low.map(Math.log), high.map(Math.log)).value;
    return shift >= floor && shift > 0 && ratio >= Math.log(threshold);
  });
}
