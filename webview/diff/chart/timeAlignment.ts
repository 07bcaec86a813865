/** A moment of either run that lies at the same place of the common axis: nanoseconds after the run's epoch. */
export interface Anchor {
  readonly aNs: number;
  readonly bNs: number;
}

/** Where the two runs lie on the common axis. */
export interface TimeAlignment {
  /** Added to the times of A and of B; the earlier of the two begins at 0. */
  readonly shiftA: number;
  readonly shiftB: number;
  /** Length of the common axis. */
  readonly extentNs: number;
}

/** A stretch of a run's own time, from its first start to its last end. */
export interface RunStretch {
  readonly startNs: number;
  readonly endNs: number;
}

/** Puts the two runs over one another so that the anchor's two moments meet. */
export function alignTimes(a: RunStretch, b: RunStretch, { aNs, bNs }: Anchor): TimeAlignment {
  const startA = a.startNs - aNs;
  const startB = b.startNs - bNs;
  const zero = Math.min(startA, startB);
  return {
    shiftA: -aNs - zero,
    shiftB: -bNs - zero,
    extentNs: Math.max(a.endNs - aNs, b.endNs - bNs) - zero,
  };
}
