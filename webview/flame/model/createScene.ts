import { NameTable } from './nameTable.ts';
import type { Scene, SceneTrack } from './scene.ts';
import { SpanStore } from './spanStore.ts';

/** A scene of some tracks with nothing in it yet. `extentNs`: `ChartHeader.extent`. */
export function createScene(
  tracks: readonly SceneTrack[],
  extentNs: number,
  store: SpanStore = new SpanStore(tracks),
): Scene {
  return {
    store,
    names: new NameTable(),
    extentNs,
    weightsUnit: null,
    tracks,
    collapsed: new Set(),
    pinned: new Set(),
    hidden: new Set(),
    view: { fromNs: 0, toNs: Math.max(1, extentNs), scrollTop: 0 },
    size: { width: 0, height: 0, pixelRatio: 1 },
    showMinimap: true,
    showRuler: true,
    showHeaders: true,
    overview: null,
    counters: [],
    instants: null,
    links: null,
    stages: [],
    showCritical: false,
    found: null,
    selected: null,
    focus: null,
    hover: null,
    drop: null,
    crosshairNs: null,
    area: null,
  };
}
