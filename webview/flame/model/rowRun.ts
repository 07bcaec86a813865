import type { PieceColumns } from '../../../src/profiler/chart/chartColumns.ts';

/** Spans that stand for one at the next level: 2 to this power. */
export const FACTOR_BITS = 3;
const FACTOR = 1 << FACTOR_BITS;

/** What stands for `FACTOR ** n` neighbouring spans: one level of a pyramid. */
export interface RunLevel {
  /** The latest end, in nanoseconds. */
  readonly end: Float64Array;
  /** Index of the longest span. */
  readonly longest: Uint32Array;
  /** All flags, or-ed: the worst never vanishes. */
  readonly flags: Uint8Array;
  /** The tint that is farthest from 0; absent without tints. */
  readonly tint: Float32Array | null;
}

/**
 * The spans of one row in one piece: indices `from` (inclusive) to `to` (exclusive) of the piece's columns, rising by
 * start. The columns are the piece's own, never copied. The pyramid over them is built when somebody looks at it.
 */
export class RowRun {
  readonly piece: number;
  readonly row: number;
  readonly columns: PieceColumns;
  readonly from: number;
  readonly to: number;
  #tint: Float32Array | null = null;
  #levels: readonly RunLevel[] | null = null;

  constructor(piece: number, row: number, columns: PieceColumns, from: number, to: number) {
    this.piece = piece;
    this.row = row;
    this.columns = columns;
    this.from = from;
    this.to = to;
  }

  /** Deltas of the piece's spans; see `SpanStore.setTint`. */
  get tint(): Float32Array | null {
    return this.#tint;
  }

  set tint(tint: Float32Array | null) {
    this.#tint = tint;
    this.#levels = null;
  }

  /** The pyramid: level `n` is at place `n - 1`, level 0 are the spans themselves. None where there are few spans. */
  get levels(): readonly RunLevel[] {
    return (this.#levels ??= this.#build());
  }

  get startNs(): number {
    return this.columns.start[this.from] ?? 0;
  }

  /** The latest end of all its spans. */
  get endNs(): number {
    const top = this.levels.at(-1);
    if (top !== undefined) return maximum(top.end);
    let most = 0;
    for (let i = this.from; i < this.to; i += 1) most = Math.max(most, this.#endOf(0, i));
    return most;
  }

  /** The latest end in the bucket of `level` that begins at `index`; level 0 is the span. */
  #endOf(level: number, index: number): number {
    const { levels, columns, from } = this;
    if (level === 0) return (columns.start[index] ?? 0) + (columns.duration[index] ?? 0);
    return levels[level - 1]?.end[(index - from) >> (level * FACTOR_BITS)] ?? 0;
  }

  /** Index of the first span that ends after `timeNs` or begins then (it may have no length), or `to`. */
  firstEndingAfter(timeNs: number): number {
    const top = this.levels.length;
    let level = top;
    let index = this.from;
    while (index < this.to) {
      const endNs = this.#endOf(level, index);
      if (level > 0 && endNs >= timeNs) level -= 1;
      else if (endNs > timeNs || (level === 0 && (this.columns.start[index] ?? 0) >= timeNs)) {
        return index;
      } else {
        index += 1 << (level * FACTOR_BITS);
        while (level < top && isAligned(level + 1, index - this.from)) level += 1;
      }
    }
    return this.to;
  }

  /** Index of the first span that starts at `timeNs` or later, or `to`. */
  firstStartingFrom(timeNs: number): number {
    let low = this.from;
    let high = this.to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.columns.start[middle] ?? 0) < timeNs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #build(): RunLevel[] {
    const levels: RunLevel[] = [];
    for (let below = this.to - this.from; below > FACTOR; below = levels.at(-1)?.end.length ?? 0) {
      levels.push(this.#levelOver(levels.at(-1) ?? null, below));
    }
    return levels;
  }

  /** The level over `count` buckets of the level below, or over the spans. */
  #levelOver(below: RunLevel | null, count: number): RunLevel {
    const { start, duration, flags } = this.columns;
    const buckets = Math.ceil(count / FACTOR);
    const level = {
      end: new Float64Array(buckets),
      longest: new Uint32Array(buckets),
      flags: new Uint8Array(buckets),
      tint: this.#tint === null ? null : new Float32Array(buckets).fill(Number.NaN),
    };
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      let end = 0;
      let longest = 0;
      let longestNs = -1;
      let worst = 0;
      let tint = Number.NaN;
      const last = Math.min(count, (bucket + 1) << FACTOR_BITS);
      for (let i = bucket << FACTOR_BITS; i < last; i += 1) {
        const index = below === null ? this.from + i : (below.longest[i] as number);
        const durationNs = duration[index] as number;
        const endNs =
          below === null ? (start[index] as number) + durationNs : (below.end[i] as number);
        if (endNs > end) end = endNs;
        if (durationNs > longestNs) {
          longest = index;
          longestNs = durationNs;
        }
        worst |= (below === null ? flags[index] : below.flags[i]) as number;
        if (level.tint === null) continue;
        const other = (below === null ? this.#tint?.[index] : below.tint?.[i]) ?? Number.NaN;
        if (Number.isNaN(tint) || Math.abs(other) > Math.abs(tint)) tint = other;
      }
      level.end[bucket] = end;
      level.longest[bucket] = longest;
      level.flags[bucket] = worst;
      if (level.tint !== null) level.tint[bucket] = tint;
    }
    return level;
  }
}

/** Whether a place after the first span of a run begins a bucket of a level. */
export function isAligned(level: number, place: number): boolean {
  return (place & ((1 << (level * FACTOR_BITS)) - 1)) === 0;
}

function maximum(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
