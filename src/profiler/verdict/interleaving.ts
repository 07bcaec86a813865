import type { SideOrder } from '../stats/blocks.ts';

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

/** Runs of both sides in the order in which they were made. */
export interface TimeOrder<T> {
  readonly a: readonly T[];
  readonly b: readonly T[];
  /** Which side each run of the whole series is of; null where that is not known, or they did not take turns. */
  readonly order: SideOrder | null;
}

/** Puts the runs of each side in the order of their starts; as they are where not every start is known. */
export function timeOrder<T extends { readonly epochNs: bigint | null }>(
  a: readonly T[],
  b: readonly T[],
): TimeOrder<T> {
  const starts = [a, b].map((side) => side.map(({ epochNs }) => epochNs));
  const turns = takeTurns(starts[0] ?? [], starts[1] ?? []);
  if (turns === null) return { a, b, order: null };
  const series = [
    ...a.map((run) => ({ run, isB: false })),
    ...b.map((run) => ({ run, isB: true })),
  ].sort((x, y) => Number((x.run.epochNs ?? 0n) - (y.run.epochNs ?? 0n)));
  const of = (side: boolean): T[] => series.filter(({ isB }) => isB === side).map(({ run }) => run);
  // Of runs of both sides that began at once, none was before the other.
  const clear = series.every(({ run, isB }, i) => {
    const before = series[i - 1];
    return before === undefined || before.isB === isB || before.run.epochNs !== run.epochNs;
  });
  return {
    a: of(false),
    b: of(true),
    order: turns && clear ? series.map(({ isB }) => isB) : null,
  };
}
