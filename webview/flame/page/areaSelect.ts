/** A stretch of the time axis on some tracks; null: on all. */
export interface Area {
  readonly from: number;
  readonly to: number;
  readonly tracks: readonly number[] | null;
}

const STEP_SHARE = 0.05;

/** An area between two times in either order, within the run. */
export function areaBetween(
  a: number,
  b: number,
  extent: number,
  tracks: readonly number[] | null,
): Area {
  const clamp = (time: number): number => Math.min(extent, Math.max(0, time));
  return { from: clamp(Math.min(a, b)), to: clamp(Math.max(a, b)), tracks };
}

/** Moves the end of an area by a step of what is visible; it never gets shorter than such a step. */
export function stretched(area: Area, by: 1 | -1, visibleLength: number, extent: number): Area {
  const step = visibleLength * STEP_SHARE;
  const to = Math.min(extent, Math.max(area.from + step, area.to + by * step));
  return { ...area, to };
}

/** Adds the track after the last one of the area, or takes the last one away. `drawn`: all tracks from the top. */
export function spread(area: Area, by: 1 | -1, drawn: readonly number[]): Area {
  if (drawn.length === 0) return area;
  if (area.tracks === null) {
    return by > 0 ? area : { ...area, tracks: drawn.slice(0, Math.max(1, drawn.length - 1)) };
  }
  const last = Math.max(...area.tracks.map((id) => drawn.indexOf(id)));
  const next = drawn[last + 1];
  if (by > 0) return next === undefined ? area : { ...area, tracks: [...area.tracks, next] };
  if (area.tracks.length <= 1) return area;
  return { ...area, tracks: area.tracks.filter((id) => id !== drawn[last]) };
}
