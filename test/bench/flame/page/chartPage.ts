/** The page that the benchmark drives: the engine alone, with made spans and a wheel. */
import {
  decodePiece,
  encodePiece,
  type OverviewColumns,
} from '../../../../src/profiler/chart/chartColumns.ts';
import { FlameChart } from '../../../../webview/flame/draw/flameChart.ts';
import { readTheme } from '../../../../webview/flame/draw/readTheme.ts';
import { createScene } from '../../../../webview/flame/model/createScene.ts';
import type { Scene } from '../../../../webview/flame/model/scene.ts';
import { panBy, timeAt, zoomAround } from '../../../../webview/flame/model/view.ts';
import {
  EXTENT_NS,
  type MadePlan,
  makeTrack,
  NAMES,
  pieceCount,
  piecesOf,
  spansOfTrack,
} from '../madeTracks.ts';

const BUCKETS = 2048;

/** What opening came to; milliseconds. */
export interface Opened {
  /** Spans that are held; others stand as bands until they come into sight. */
  readonly held: number;
  /** Decoding pieces and putting them into the store. */
  readonly ingestMs: number;
  /** From the last piece to the end of the first frame, pyramids of visible rows included. */
  readonly firstFrameMs: number;
}

declare global {
  interface Window {
    openChart: (plan: MadePlan) => Promise<Opened>;
  }
}

let chart: FlameChart | null = null;

window.openChart = async (plan) => {
  const scene = sceneOf(plan);
  let drawn = (): void => undefined;
  const made = new FlameChart({
    main: canvas('main'),
    overlay: canvas('overlay'),
    scene,
    theme: readTheme(),
    onDrawn: () => drawn(),
  });
  chart = made;
  made.resize(innerWidth, innerHeight, devicePixelRatio);
  let ingestMs = 0;
  // As much as may be held at all, as if somebody had looked at every track.
  const wanted = scene.tracks.map(({ id, rows }) => ({
    trackId: id,
    firstRow: 0,
    lastRow: rows - 1,
  }));
  let [madeTrack, pieces] = [-1, [] as Uint8Array[]];
  for (const { trackId, piece } of scene.store.neededPieces(wanted)) {
    if (trackId !== madeTrack) {
      pieces = piecesOf(makeTrack(plan, trackId)).map((columns) => encodePiece(columns));
      madeTrack = trackId;
    }
    const begin = performance.now();
    scene.store.addPiece(trackId, piece, decodePiece(pieces[piece] as Uint8Array));
    ingestMs += performance.now() - begin;
  }
  const begin = performance.now();
  await new Promise<void>((resolve) => {
    drawn = resolve;
    made.redraw();
  });
  drawn = () => undefined;
  return { held: scene.store.held, ingestMs, firstFrameMs: performance.now() - begin };
};

addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    if (chart === null) return;
    const { scene } = chart;
    scene.view = event.ctrlKey
      ? zoomAround(scene, timeAt(scene, event.clientX), 1 + event.deltaY / 40)
      : panBy(scene, event.deltaX, event.deltaY);
    chart.redraw();
  },
  { passive: false },
);

function canvas(id: string): HTMLCanvasElement {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLCanvasElement)) throw new Error(`There is no canvas ${id}.`);
  return found;
}

/** Tracks with their overview; the spans are made once for it and forgotten again. */
function sceneOf(plan: MadePlan): Scene {
  const flags = new Uint8Array(plan.tracks * BUCKETS);
  const busy = new Uint8Array(plan.tracks * BUCKETS);
  const name = new Uint32Array(plan.tracks * BUCKETS);
  const depth = new Uint8Array(plan.tracks * BUCKETS);
  const columns: OverviewColumns = { name, busy, depth, flags };
  const tracks = Array.from({ length: plan.tracks }, (_, id) => {
    const made = makeTrack(plan, id);
    let rows = 0;
    let worst = 0;
    for (let i = 0; i < made.start.length; i += 1) {
      const row = made.row[i] as number;
      rows = Math.max(rows, row + 1);
      worst |= made.flags[i] as number;
      const start = made.start[i] as number;
      const first = Math.floor((start / EXTENT_NS) * BUCKETS);
      const last = Math.floor(((start + (made.duration[i] as number)) / EXTENT_NS) * BUCKETS);
      for (
        let at = id * BUCKETS + first;
        at <= id * BUCKETS + Math.min(BUCKETS - 1, last);
        at += 1
      ) {
        flags[at] = (flags[at] as number) | (made.flags[i] as number);
        busy[at] = 220;
        depth[at] = Math.max(depth[at] as number, row);
        if (row === 1) name[at] = made.name[i] as number;
      }
    }
    const spans = spansOfTrack(plan, id);
    return {
      ...{ id, name: `worker ${id}`, kind: 'thread' as const, rows, spans },
      ...{ pieces: pieceCount(spans), flags: worst },
    };
  });
  const scene = createScene(tracks, EXTENT_NS);
  scene.names.add(0, NAMES);
  scene.overview = { buckets: BUCKETS, columns, trackIds: tracks.map(({ id }) => id) };
  return scene;
}
