import { decodePiece } from '../../../src/profiler/chart/chartColumns.ts';
import type { ChartHeader, NameTotal } from '../../../src/protocol/chart.ts';
import { createScene } from '../model/createScene.ts';
import type { Scene, SceneTrack, View } from '../model/scene.ts';
import type { PageState, Viewport } from './pageState.ts';
import type { PieceView } from './sceneLoader.ts';
import { arrange } from './trackOrder.ts';

/** An empty scene of a view, arranged as the person left it. */
export function sceneOf(header: ChartHeader, view: PieceView, state: PageState): Scene {
  const merged = view === 'left-heavy';
  const scene = createScene(
    merged ? [header.leftHeavy] : header.tracks,
    merged ? header.leftHeavyExtent : header.extent,
  );
  scene.weightsUnit = header.run.weightsUnit;
  scene.showHeaders = !merged;
  if (!merged) {
    scene.counters = header.counters.map((counter) => ({ counter, points: null }));
    scene.stages = header.stages;
    scene.showCritical = state.critical;
    arrangeScene(scene, state);
  }
  const viewport = state.viewports[view];
  if (viewport !== null) scene.view = viewOf(viewport, scene.extentNs);
  return scene;
}

/** Puts the tracks of a scene in the order of the state, collapsed and pinned as there. */
export function arrangeScene(scene: Scene, { arrangement }: PageState): void {
  scene.tracks = arrange(scene.tracks, arrangement);
  refill(scene.collapsed, arrangement.collapsed);
  refill(scene.pinned, arrangement.pinned);
}

/** Tracks of a sandwich, by the order in which they lie on one another. */
export const SANDWICH_TRACKS = { callers: 0, callees: 1 } as const;

/** Callers above and callees below one name, on one axis as long as all of its spans. */
export function sandwichScene(
  total: NameTotal,
  callers: Uint8Array,
  callees: Uint8Array,
  weightsUnit: string | null,
): Scene {
  const above = decodePiece(callers);
  const below = decodePiece(callees);
  const rowsOf = ({ row }: { readonly row: Uint32Array }): number =>
    row.reduce((most, each) => Math.max(most, each + 1), 0);
  const track = (id: number, name: string, columns: typeof above): SceneTrack => ({
    id,
    name,
    kind: 'process',
    rows: rowsOf(columns),
    spans: columns.start.length,
    pieces: 1,
    flags: 0,
  });
  const scene = createScene(
    [
      { ...track(SANDWICH_TRACKS.callers, 'Callers', above), upwards: true },
      track(SANDWICH_TRACKS.callees, 'Callees', below),
    ],
    Math.max(total.total, 1),
  );
  scene.store.addPiece(SANDWICH_TRACKS.callers, 0, above);
  scene.store.addPiece(SANDWICH_TRACKS.callees, 0, below);
  scene.weightsUnit = weightsUnit;
  scene.showMinimap = false;
  return scene;
}

/** What of a view is kept. */
export function viewportOf({ fromNs, toNs, scrollTop }: View): Viewport {
  return { from: fromNs, to: toNs, scrollTop };
}

function viewOf({ from, to, scrollTop }: Viewport, extentNs: number): View {
  const fromNs = Math.min(Math.max(0, from), extentNs);
  const toNs = Math.min(extentNs, to);
  return toNs > fromNs
    ? { fromNs, toNs, scrollTop }
    : { fromNs: 0, toNs: Math.max(1, extentNs), scrollTop };
}

function refill(set: Set<number>, ids: readonly number[]): void {
  set.clear();
  for (const id of ids) set.add(id);
}
