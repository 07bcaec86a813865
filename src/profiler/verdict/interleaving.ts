/**
 * Whether the runs of two sets took turns: where all of one ran before all of the other, a machine that changed in
 * between looks like a change of the program, and no number of runs shows the difference.
 *
 * @param startsA when each run began, in any unit; null where not known
 * @returns null where not every start is known
 */
export function takeTurns(
  startsA: readonly (bigint | null)[],
  startsB: readonly (bigint | null)[],
): boolean | null {
  const starts: [bigint, boolean][] = [];
  for (const [side, isB] of [
    [startsA, false],
    [startsB, true],
  ] as const) {
    for (const start of side) {
      if (start === null || start <= 0n) return null;
      starts.push([start, isB]);
    }
  }
  starts.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  let turns = 0;
  starts.forEach(([, isB], i) => {
    if (i > 0 && isB !== starts[i - 1]?.[1]) turns += 1;
  });
  return turns >= Math.min(startsA.length, startsB.length);
}
