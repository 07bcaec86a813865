import type { ChartCounter, ChartStage, ChartTrack } from '../../../src/protocol/chart.ts';
import type {
  CounterPoints,
  InstantPoints,
  LinkEnds,
  OverviewColumns,
} from '../../../src/profiler/chart/chartColumns.ts';
import type { NameTable } from './nameTable.ts';
import type { SpanStore } from './spanStore.ts';

/*
 * The seam between the engine of the chart and the pages that use it.
 *
 * A page makes a `Scene` (`createScene`), puts decoded columns into it (`scene.store.addPiece`, `scene.names.add`,
 * `scene.overview = …`), changes its plain fields, and tells its `FlameChart` (draw/flameChart.ts) what to draw again:
 *
 *   const chart = new FlameChart({ main, overlay, scene, theme: readTheme(document.documentElement) });
 *   chart.resize(width, height, devicePixelRatio);
 *   scene.view = zoomAround(scene, timeNs, 0.5);   // model/view.ts: zoomAround, panBy, fitTo, revealSpan
 *   chart.redraw();                                // spans, tracks, ruler: at most once a frame
 *   scene.hover = chart.hitTest(x, y);             // what lies under the pointer
 *   chart.redrawOverlay();                         // hover, selection, crosshair: never the spans
 *   for (const { trackId, piece } of scene.store.neededPieces(chart.visibleTracks())) fetch it, then addPiece
 *
 * `draw/svgExport.ts` draws the same scene as SVG. `model/neighbours.ts` walks spans by keyboard. All x and y are CSS
 * pixels from the upper left corner of the canvas; all times are nanoseconds after the run's epoch, or weights.
 * The diff draws two scenes with two charts whose `view` it keeps alike, and tints spans by `scene.store.setTint`.
 */

/** What is visible of the time axis, and how far the tracks are scrolled (CSS pixels). */
export interface View {
  readonly fromNs: number;
  readonly toNs: number;
  readonly scrollTop: number;
}

/** Size of the canvas in CSS pixels, and device pixels in one of them. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** A track of the header, and how it is to be drawn. */
export interface SceneTrack extends ChartTrack {
  /** Row 0 at the bottom: the callers of a sandwich. */
  readonly upwards?: boolean;
}

/** A span with its place; `piece` and `index` say where its columns are, -1 where they have not been loaded. */
export interface SpanPlace {
  readonly trackId: number;
  readonly row: number;
  readonly span: number;
  readonly startNs: number;
  readonly durationNs: number;
  readonly nameId: number;
  readonly flags: number;
  readonly piece: number;
  readonly index: number;
}

/** What is under a point. */
export type Hit =
  | { readonly kind: 'span'; readonly place: SpanPlace; readonly timeNs: number }
  /** Too many spans to tell apart at this zoom. */
  | {
      readonly kind: 'aggregate';
      readonly trackId: number;
      readonly row: number;
      readonly fromNs: number;
      readonly toNs: number;
      readonly count: number;
      /** Those of all of them, or-ed. */
      readonly flags: number;
      readonly longest: SpanPlace;
      readonly timeNs: number;
    }
  | { readonly kind: 'header'; readonly trackId: number; readonly part: 'twisty' | 'pin' | 'name' }
  | {
      readonly kind: 'counter';
      readonly trackId: number;
      /** Place in `Scene.counters`. */
      readonly counter: number;
      readonly timeNs: number;
      /** Null before the first point. */
      readonly value: number | null;
    }
  /** `instant` is a place in `Scene.instants`; `count` of them are drawn at this pixel, this is the worst. */
  | {
      readonly kind: 'instant';
      readonly trackId: number;
      readonly instant: number;
      readonly count: number;
      readonly timeNs: number;
    }
  | { readonly kind: 'stage'; readonly stage: number; readonly timeNs: number }
  /** The band of a track that is collapsed, or whose spans are not held. */
  | {
      readonly kind: 'band';
      readonly trackId: number;
      readonly timeNs: number;
      /** 0 to 1. */
      readonly busy: number;
      readonly nameId: number;
      readonly flags: number;
    }
  | { readonly kind: 'ruler'; readonly timeNs: number }
  | {
      readonly kind: 'minimap';
      readonly timeNs: number;
      readonly part: 'window' | 'from' | 'to' | 'outside';
    }
  /** Nothing drawn: `trackId` -1 below all tracks. */
  | {
      readonly kind: 'empty';
      readonly trackId: number;
      readonly row: number;
      readonly timeNs: number;
    };

/** A stretch of time, on some tracks or on all. */
export interface AreaSelection {
  readonly fromNs: number;
  readonly toNs: number;
  /** Null: all. */
  readonly trackIds: ReadonlySet<number> | null;
}

/** Everything that is drawn. Fields may be put anew at any time; then `FlameChart.redraw()`, or `redrawOverlay()` where told. */
export interface Scene {
  readonly store: SpanStore;
  readonly names: NameTable;
  /** Length of the time axis, from `ChartHeader.extent`. */
  extentNs: number;
  /** Null for times; else what weights are counted in. */
  weightsUnit: string | null;
  /** As they are drawn from the top; pinned ones come before all others. */
  tracks: readonly SceneTrack[];
  readonly collapsed: Set<number>;
  readonly pinned: Set<number>;
  readonly hidden: Set<number>;
  view: View;
  size: CanvasSize;
  showMinimap: boolean;
  showRuler: boolean;
  /** A header line over every track; without it tracks are rows alone. */
  showHeaders: boolean;
  /** `trackIds`: those of the header, in the order it was asked for with. */
  overview: {
    readonly buckets: number;
    readonly columns: OverviewColumns;
    readonly trackIds: readonly number[];
  } | null;
  counters: readonly {
    readonly counter: ChartCounter;
    /** Null until it has come. */
    readonly points: CounterPoints | null;
  }[];
  instants: InstantPoints | null;
  links: LinkEnds | null;
  stages: readonly ChartStage[];
  /** Draws the critical path, which else is left out. */
  showCritical: boolean;
  /** Spans found by a search (`decodeSpans`), rising; null without a search. Others are drawn paler. */
  found: Uint32Array | null;
  /** Overlay: the span that is chosen, drawn with its links. */
  selected: SpanPlace | null;
  /** Overlay: what has the keyboard focus, drawn with a ring. */
  focus:
    | { readonly kind: 'span'; readonly place: SpanPlace }
    | { readonly kind: 'header'; readonly trackId: number }
    | null;
  /** Overlay. */
  hover: Hit | null;
  /** A track that is being dragged, and the one in whose place it would come. */
  drop: { readonly trackId: number; readonly onto: number } | null;
  /** Overlay: a line through all tracks. */
  crosshairNs: number | null;
  /** Overlay. */
  area: AreaSelection | null;
}

/** A piece that a page should ask for. */
export interface PieceKey {
  readonly trackId: number;
  readonly piece: number;
}

/** What of a track's rows is in sight: an argument of `SpanStore.neededPieces`, from `FlameChart.visibleTracks()`. */
export interface VisibleRows {
  readonly trackId: number;
  readonly firstRow: number;
  readonly lastRow: number;
}
