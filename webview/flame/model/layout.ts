import type { Scene, SceneTrack } from './scene.ts';

/** Sizes in CSS pixels. */
export const SIZES = {
  row: 20,
  /** Between rows. */
  gap: 1,
  header: 22,
  band: 18,
  instants: 12,
  counter: 44,
  trackEnd: 6,
  ruler: 24,
  minimap: 44,
  /** The narrowest mark of something that is wrong. */
  mark: 3,
  /** Of a window's edge in the minimap, to either side, for a pointer. */
  grip: 6,
} as const;

/** Pinned tracks take no more of the room than this: there must be room to scroll. */
const PINNED_SHARE = 0.6;

/** A track as it lies on the canvas now. */
export interface TrackBox {
  readonly track: SceneTrack;
  readonly pinned: boolean;
  readonly collapsed: boolean;
  /** From here on (CSS pixels on the canvas; above 0 where it is scrolled away). */
  readonly top: number;
  readonly bottom: number;
  /** 0 where headers are not shown. */
  readonly headerHeight: number;
  /** The header stays in sight as long as anything of the track is. */
  readonly headerTop: number;
  /** Of the line of instants; 0 high without any. */
  readonly instantsTop: number;
  readonly instantsHeight: number;
  /** Places in `Scene.counters`, each `SIZES.counter` high, from `countersTop` on. */
  readonly counters: readonly number[];
  readonly countersTop: number;
  readonly rowsTop: number;
  /** 0 where collapsed: then a band lies at `rowsTop`. */
  readonly rows: number;
}

/** Where everything lies on the canvas. */
export interface Layout {
  readonly minimapHeight: number;
  readonly rulerTop: number;
  readonly rulerHeight: number;
  /** Pinned tracks lie from here to `scrolledTop`, the others from there on down. */
  readonly pinnedTop: number;
  readonly scrolledTop: number;
  /** Height of all tracks that scroll, and how far they can be scrolled. */
  readonly contentHeight: number;
  readonly maxScroll: number;
  /** Tracks that are at least partly in sight, from the top. */
  readonly boxes: readonly TrackBox[];
}

const NO_COUNTERS: readonly number[] = [];

/** Lays a scene out. */
export function layoutScene(scene: Scene): Layout {
  const { size, view } = scene;
  const minimapHeight = scene.showMinimap ? SIZES.minimap : 0;
  const rulerHeight = scene.showRuler ? SIZES.ruler : 0;
  const pinnedTop = minimapHeight + rulerHeight;
  const boxes: TrackBox[] = [];
  const pinnedLimit = pinnedTop + (size.height - pinnedTop) * PINNED_SHARE;
  const pinnedEnd = place(scene, true, pinnedTop, pinnedTop, pinnedLimit, boxes);
  const scrolledTop = Math.min(pinnedEnd, Math.max(pinnedTop, pinnedLimit));
  const first = scrolledTop - view.scrollTop;
  const contentHeight = place(scene, false, first, scrolledTop, size.height, boxes) - first;
  return {
    minimapHeight,
    rulerTop: minimapHeight,
    rulerHeight,
    pinnedTop,
    scrolledTop,
    contentHeight,
    maxScroll: Math.max(0, contentHeight - (size.height - scrolledTop)),
    boxes,
  };
}

/** Where a row begins, in CSS pixels from the top of what scrolls; null where its track is pinned, hidden or unknown. */
export function rowTopInContent(scene: Scene, trackId: number, row: number): number | null {
  if (scene.pinned.has(trackId)) return null;
  const facts = trackFacts(scene);
  let top = 0;
  for (const track of scene.tracks) {
    if (scene.hidden.has(track.id) || scene.pinned.has(track.id)) continue;
    if (track.id === trackId) {
      return boxOf(scene, track, facts, top, top).rowsTop + rowOffset(scene, track, row);
    }
    top += heightOf(scene, track, facts);
  }
  return null;
}

/** Top of a row of a box on the canvas. */
export function rowTop(box: TrackBox, row: number): number {
  if (box.collapsed) return box.rowsTop;
  return box.rowsTop + (box.track.upwards === true ? box.rows - 1 - row : row) * SIZES.row;
}

/** Row of a box at a height of the canvas; it may be none of its rows. */
export function rowAt(box: TrackBox, y: number): number {
  const fromTop = Math.floor((y - box.rowsTop) / SIZES.row);
  return box.track.upwards === true ? box.rows - 1 - fromTop : fromTop;
}

/** Rows of a box between two heights of the canvas; `firstRow` > `lastRow` where there are none. */
export function rowsBetween(
  box: TrackBox,
  top: number,
  bottom: number,
): { firstRow: number; lastRow: number } {
  const a = Math.max(0, Math.floor((top - box.rowsTop) / SIZES.row));
  const b = Math.min(box.rows - 1, Math.ceil((bottom - box.rowsTop) / SIZES.row) - 1);
  return box.track.upwards === true
    ? { firstRow: box.rows - 1 - b, lastRow: box.rows - 1 - a }
    : { firstRow: a, lastRow: b };
}

function rowOffset(scene: Scene, track: SceneTrack, row: number): number {
  if (scene.collapsed.has(track.id)) return 0;
  return (track.upwards === true ? track.rows - 1 - row : row) * SIZES.row;
}

/** Puts the tracks of one kind one under another and keeps those in sight. @returns where the last one ends */
function place(
  scene: Scene,
  pinned: boolean,
  first: number,
  visibleTop: number,
  visibleBottom: number,
  boxes: TrackBox[],
): number {
  const facts = trackFacts(scene);
  let top = first;
  for (const track of scene.tracks) {
    if (scene.hidden.has(track.id) || scene.pinned.has(track.id) !== pinned) continue;
    const height = heightOf(scene, track, facts);
    if (top + height > visibleTop && top < visibleBottom) {
      boxes.push(boxOf(scene, track, facts, top, visibleTop));
    }
    top += height;
  }
  return top;
}

interface TrackFacts {
  readonly countersOf: ReadonlyMap<number, readonly number[]>;
  readonly withInstants: ReadonlySet<number>;
}

function heightOf(scene: Scene, track: SceneTrack, facts: TrackFacts): number {
  const header = scene.showHeaders ? SIZES.header : 0;
  if (scene.collapsed.has(track.id)) return header + SIZES.band + SIZES.trackEnd;
  return (
    header +
    (facts.withInstants.has(track.id) ? SIZES.instants : 0) +
    (facts.countersOf.get(track.id)?.length ?? 0) * SIZES.counter +
    track.rows * SIZES.row +
    SIZES.trackEnd
  );
}

function boxOf(
  scene: Scene,
  track: SceneTrack,
  facts: TrackFacts,
  top: number,
  visibleTop: number,
): TrackBox {
  const collapsed = scene.collapsed.has(track.id);
  const headerHeight = scene.showHeaders ? SIZES.header : 0;
  const instantsHeight = !collapsed && facts.withInstants.has(track.id) ? SIZES.instants : 0;
  const counters = collapsed ? NO_COUNTERS : (facts.countersOf.get(track.id) ?? NO_COUNTERS);
  const bottom = top + heightOf(scene, track, facts);
  const countersTop = top + headerHeight + instantsHeight;
  return {
    track,
    pinned: scene.pinned.has(track.id),
    collapsed,
    top,
    bottom,
    headerHeight,
    headerTop: Math.max(top, Math.min(visibleTop, bottom - headerHeight - SIZES.trackEnd)),
    instantsTop: top + headerHeight,
    instantsHeight,
    counters,
    countersTop,
    rowsTop: countersTop + counters.length * SIZES.counter,
    rows: collapsed ? 0 : track.rows,
  };
}

const countersByTrack = new WeakMap<Scene['counters'], ReadonlyMap<number, readonly number[]>>();
const tracksByInstants = new WeakMap<NonNullable<Scene['instants']>, ReadonlySet<number>>();
const NO_TRACKS: ReadonlySet<number> = new Set();

/** What of counters and instants decides on heights, kept as long as they stay. */
function trackFacts({ counters, instants }: Scene): TrackFacts {
  let countersOf = countersByTrack.get(counters);
  if (countersOf === undefined) {
    const made = new Map<number, number[]>();
    for (const [i, { counter }] of counters.entries()) {
      const there = made.get(counter.trackId);
      if (there === undefined) made.set(counter.trackId, [i]);
      else there.push(i);
    }
    countersByTrack.set(counters, (countersOf = made));
  }
  if (instants === null) return { countersOf, withInstants: NO_TRACKS };
  let withInstants = tracksByInstants.get(instants);
  if (withInstants === undefined) {
    tracksByInstants.set(instants, (withInstants = new Set(instants.track)));
  }
  return { countersOf, withInstants };
}
