/** An axis from 0 on, cut into stretches of equal length. */
export interface Buckets {
  readonly count: number;
  /** Buckets for each unit of the axis; 0 for an axis without length, which lies in the first bucket. */
  readonly perUnit: number;
}

/** The bucket of a place; the end of the axis belongs to the last one. */
export function firstBucket({ count, perUnit }: Buckets, at: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(at * perUnit)));
}

/** The last bucket that a stretch touches: one that ends where a bucket begins does not touch that. */
export function lastBucket({ count, perUnit }: Buckets, first: number, end: number): number {
  return Math.max(first, Math.min(count - 1, Math.ceil(end * perUnit) - 1));
}
