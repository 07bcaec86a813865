import { LOG_LEVEL } from '../../../src/profiler/model/columns.ts';
import type { InstantPoints } from '../../../src/profiler/chart/chartColumns.ts';

/** Instants of a track by how bad they are: places in the columns, in the order of time. */
export interface TrackInstants {
  /** Plain ones, warnings, errors. */
  readonly classes: readonly [Uint32Array, Uint32Array, Uint32Array];
}

const known = new WeakMap<InstantPoints, ReadonlyMap<number, TrackInstants>>();

/** Sorts instants by track and by how bad they are; once for the same columns. */
export function instantsByTrack(instants: InstantPoints): ReadonlyMap<number, TrackInstants> {
  let sorted = known.get(instants);
  if (sorted === undefined) known.set(instants, (sorted = sort(instants)));
  return sorted;
}

/** 0 plain, 1 warning, 2 error. */
function classOf(level: number): 0 | 1 | 2 {
  if (level >= LOG_LEVEL.error) return 2;
  return level >= LOG_LEVEL.warn ? 1 : 0;
}

/** The first place whose instant is at `timeNs` or later, or the length. */
export function firstInstant(time: Float64Array, places: Uint32Array, timeNs: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[places[middle] as number] as number) < timeNs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sort({ track, level }: InstantPoints): ReadonlyMap<number, TrackInstants> {
  const lists = new Map<number, [number[], number[], number[]]>();
  for (let i = 0; i < track.length; i += 1) {
    const trackId = track[i] as number;
    let of = lists.get(trackId);
    if (of === undefined) lists.set(trackId, (of = [[], [], []]));
    of[classOf(level[i] as number)].push(i);
  }
  return new Map(
    Array.from(lists, ([trackId, [plain, warnings, errors]]) => [
      trackId,
      {
        classes: [Uint32Array.from(plain), Uint32Array.from(warnings), Uint32Array.from(errors)],
      },
    ]),
  );
}
