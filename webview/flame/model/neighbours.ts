import type { RowRun } from './rowRun.ts';
import type { Scene, SceneTrack, SpanPlace } from './scene.ts';

/** Where to go from a span. */
export type Direction = 'next' | 'previous' | 'parent' | 'child' | 'nextTrack' | 'previousTrack';

/** The span that lies in a direction from another one; null where there is none, or where it is not held. */
export function neighbour(scene: Scene, from: SpanPlace, direction: Direction): SpanPlace | null {
  switch (direction) {
    case 'next':
    case 'previous':
      return sibling(scene, from, direction === 'next');
    case 'parent':
      return from.row === 0 ? null : covering(scene, from, from.row - 1);
    case 'child':
      return firstWithin(scene, from);
    case 'nextTrack':
    case 'previousTrack':
      return inOtherTrack(scene, from, direction === 'nextTrack' ? 1 : -1);
  }
}

/** The span of a track that lies nearest to a time: in the first row that has any; null where none are held. */
export function nearestSpan(scene: Scene, trackId: number, timeNs: number): SpanPlace | null {
  const track = scene.tracks.find(({ id }) => id === trackId);
  for (let row = 0; row < (track?.rows ?? 0); row += 1) {
    const nearest = nearestInRow(scene, trackId, row, timeNs);
    if (nearest !== null) return nearest;
  }
  return null;
}

/** The span of a row that lies nearest to a time; null where none are held. */
function nearestInRow(
  scene: Scene,
  trackId: number,
  row: number,
  timeNs: number,
): SpanPlace | null {
  let best: { run: RowRun; index: number; distance: number } | null = null;
  for (const run of scene.store.row(trackId, row)) {
    const after = run.firstEndingAfter(timeNs);
    for (const index of [after - 1, after]) {
      if (index < run.from || index >= run.to) continue;
      const start = run.columns.start[index] ?? 0;
      const end = start + (run.columns.duration[index] ?? 0);
      const distance = Math.max(0, start - timeNs, timeNs - end);
      if (best === null || distance < best.distance) best = { run, index, distance };
    }
  }
  return best === null ? null : scene.store.place(trackId, best.run, best.index);
}

function sibling(scene: Scene, from: SpanPlace, forward: boolean): SpanPlace | null {
  const runs = scene.store.row(from.trackId, from.row);
  const at = runs.findIndex(
    ({ piece, from: first, to }) => piece === from.piece && from.index >= first && from.index < to,
  );
  const run = runs[at];
  if (run === undefined) return nearestInRow(scene, from.trackId, from.row, from.startNs);
  const index = from.index + (forward ? 1 : -1);
  if (index >= run.from && index < run.to) return scene.store.place(from.trackId, run, index);
  const other = runs[at + (forward ? 1 : -1)];
  if (other === undefined) return null;
  return scene.store.place(from.trackId, other, forward ? other.from : other.to - 1);
}

/** The span of a row that runs when another one begins. */
function covering(scene: Scene, of: SpanPlace, row: number): SpanPlace | null {
  for (const run of scene.store.row(of.trackId, row)) {
    const { start, duration } = run.columns;
    for (let i = run.firstStartingFrom(of.startNs); i >= run.from; i -= 1) {
      if (i >= run.to || (start[i] as number) > of.startNs) continue;
      // A span of no length at the end of its parent is still in it.
      if ((start[i] as number) + (duration[i] as number) >= of.startNs) {
        return scene.store.place(of.trackId, run, i);
      }
      break;
    }
  }
  return null;
}

function firstWithin(scene: Scene, of: SpanPlace): SpanPlace | null {
  const endNs = of.startNs + of.durationNs;
  for (const run of scene.store.row(of.trackId, of.row + 1)) {
    const index = run.firstStartingFrom(of.startNs);
    if (index < run.to && (run.columns.start[index] as number) <= endNs) {
      return scene.store.place(of.trackId, run, index);
    }
  }
  return null;
}

/** The nearest span of the next track in the order on the canvas that has any held. */
function inOtherTrack(scene: Scene, from: SpanPlace, step: 1 | -1): SpanPlace | null {
  const shown = tracksInOrder(scene);
  let at = shown.findIndex(({ id }) => id === from.trackId);
  for (at += step; at >= 0 && at < shown.length; at += step) {
    const track = shown[at];
    if (track === undefined || scene.collapsed.has(track.id)) continue;
    const nearest = nearestSpan(scene, track.id, from.startNs);
    if (nearest !== null) return nearest;
  }
  return null;
}

/** Tracks as they lie on the canvas from the top: pinned ones first, hidden ones left out. */
export function tracksInOrder(scene: Scene): SceneTrack[] {
  const shown = scene.tracks.filter(({ id }) => !scene.hidden.has(id));
  return [
    ...shown.filter(({ id }) => scene.pinned.has(id)),
    ...shown.filter(({ id }) => !scene.pinned.has(id)),
  ];
}
