import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import { overviewBucketAt } from './overviewAt.ts';
import { firstInstant, instantsByTrack } from './instantMarks.ts';
import { layoutScene, rowAt, rowTop, SIZES, type TrackBox } from './layout.ts';
import type { RowRun } from './rowRun.ts';
import type { Hit, Scene } from './scene.ts';
import { firstAtLeast } from './search.ts';
import { clipOf } from './spanRect.ts';
import { timeAt, xOf } from './view.ts';

/** Widths of a header's parts for a pointer, in CSS pixels from its left and its right edge. */
export const HEADER_PARTS = { twistyEnd: 20, pinWidth: 26 } as const;
/** How far from a tick or the edge of a ghost bar a pointer still means it. */
const NEAR = 3;
/** Spans narrower than this (device pixels) are drawn together with their neighbours. */
const NARROW = 3;

/** What is drawn at a place of the canvas (CSS pixels). */
export function hitTest(scene: Scene, x: number, y: number, layout = layoutScene(scene)): Hit {
  const timeNs = timeAt(scene, x);
  if (y < layout.minimapHeight) return minimapHit(scene, x);
  if (y < layout.pinnedTop) return { kind: 'ruler', timeNs };
  const box = layout.boxes.find((each) => {
    const { top, bottom } = clipOf(scene, layout, each);
    return y >= Math.max(top, each.top) && y < Math.min(bottom, each.bottom);
  });
  if (box === undefined) return { kind: 'empty', trackId: -1, row: -1, timeNs };
  const trackId = box.track.id;
  if (y >= box.headerTop && y < box.headerTop + box.headerHeight) {
    return { kind: 'header', trackId, part: headerPart(scene, x) };
  }
  return contentHit(scene, box, x, y, timeNs);
}

function headerPart({ size }: Scene, x: number): 'twisty' | 'pin' | 'name' {
  if (x < HEADER_PARTS.twistyEnd) return 'twisty';
  return x >= size.width - HEADER_PARTS.pinWidth ? 'pin' : 'name';
}

function minimapHit(scene: Scene, x: number): Hit {
  const { extentNs, size, view } = scene;
  const timeNs = (x / Math.max(1, size.width)) * extentNs;
  const from = (view.fromNs / Math.max(1, extentNs)) * size.width;
  const to = (view.toNs / Math.max(1, extentNs)) * size.width;
  // In a narrow window the edges leave the middle to be dragged.
  const grip = Math.min(SIZES.grip, Math.max(2, (to - from) / 4));
  const edge = Math.abs(x - from) <= Math.abs(x - to) ? 'from' : 'to';
  const toEdge = Math.min(Math.abs(x - from), Math.abs(x - to));
  if (toEdge <= grip) return { kind: 'minimap', timeNs, part: edge };
  // There is nowhere to drag a window that shows the whole to: a part of it is selected instead.
  const isWhole = view.fromNs <= 0 && view.toNs >= extentNs;
  return { kind: 'minimap', timeNs, part: !isWhole && x > from && x < to ? 'window' : 'outside' };
}

function contentHit(scene: Scene, box: TrackBox, x: number, y: number, timeNs: number): Hit {
  const trackId = box.track.id;
  if (y < box.countersTop) return instantHit(scene, box, x, timeNs);
  if (y < box.rowsTop) return counterHit(scene, box, y, timeNs);
  if (box.collapsed) return bandHit(scene, trackId, timeNs, y < box.rowsTop + SIZES.band);
  const row = rowAt(box, y);
  const inRow = row >= 0 && row < box.rows && y < rowTop(box, row) + SIZES.row - SIZES.gap;
  if (!inRow) return { kind: 'empty', trackId, row: -1, timeNs };
  const hit = spanHit(scene, trackId, row, x) ?? stageHit(scene, trackId, row, x, timeNs);
  if (hit !== null) return hit;
  const missing =
    scene.store.row(trackId, row).length === 0 && scene.store.isMissing(trackId, row, row);
  return missing ? bandHit(scene, trackId, timeNs, true) : { kind: 'empty', trackId, row, timeNs };
}

/**
 * The span, or the spans, at `x`, or a device pixel beside it: small spans are drawn together in the pixel of the first.
 * Errors are found as far away as their marks reach.
 */
function spanHit(scene: Scene, trackId: number, row: number, x: number): Hit | null {
  const { size } = scene;
  const pixel = Math.floor(x * size.pixelRatio);
  const last = Math.round(size.width * size.pixelRatio) - 1;
  const timeNs = timeAt(scene, x);
  const reach = Math.ceil(SIZES.mark * size.pixelRatio) - 1;
  for (let distance = 0; distance <= reach; distance += 1) {
    for (const near of distance === 0 ? [pixel] : [pixel - distance, pixel + distance]) {
      if (near < 0 || near > last) continue;
      const hit = spanInPixel(scene, trackId, row, near, timeNs);
      const flags =
        hit?.kind === 'aggregate' ? hit.flags : hit?.kind === 'span' ? hit.place.flags : 0;
      if (hit !== null && (distance <= 1 || (flags & SPAN_FLAG.error) !== 0)) return hit;
    }
  }
  return null;
}

function spanInPixel(
  scene: Scene,
  trackId: number,
  row: number,
  pixel: number,
  timeNs: number,
): Hit | null {
  const { view, size, store } = scene;
  const scale = Math.round(size.width * size.pixelRatio) / (view.toNs - view.fromNs);
  const fromNs = view.fromNs + pixel / scale;
  const toNs = view.fromNs + (pixel + 1) / scale;
  let count = 0;
  let flags = 0;
  let longest: { run: RowRun; index: number; durationNs: number } | null = null;
  // A pixel more to either side: what decides is the reckoning by which it is drawn, not the time at its edges.
  const lastNs = toNs + 1 / scale;
  for (const run of store.row(trackId, row)) {
    const { start, duration } = run.columns;
    for (let i = run.firstEndingAfter(fromNs - 1 / scale); i < run.to; i += 1) {
      const startNs = start[i] as number;
      if (startNs >= lastNs) break;
      // As it is drawn: from the pixel it begins in to before the one it ends in, one pixel at least.
      const durationNs = duration[i] as number;
      const endNs = startNs + durationNs;
      if (startNs < view.fromNs && endNs <= view.fromNs) continue;
      const left = Math.max(0, Math.floor((startNs - view.fromNs) * scale));
      const right = Math.floor((endNs - view.fromNs) * scale);
      if (pixel < left || pixel >= Math.max(left + 1, right)) continue;
      count += 1;
      flags |= run.columns.flags[i] as number;
      if (longest === null || durationNs > longest.durationNs)
        longest = { run, index: i, durationNs };
    }
  }
  if (longest === null) return null;
  const place = store.place(trackId, longest.run, longest.index);
  if (count === 1 || place.durationNs * scale >= NARROW) return { kind: 'span', place, timeNs };
  return { kind: 'aggregate', trackId, row, fromNs, toNs, count, flags, longest: place, timeNs };
}

function stageHit(
  scene: Scene,
  trackId: number,
  row: number,
  x: number,
  timeNs: number,
): Hit | null {
  const stage = scene.stages.findIndex((each) => {
    if (each.trackId !== trackId || each.row !== row || each.allowedSeconds === null) return false;
    const from = xOf(scene, each.startNs);
    return x >= from - NEAR && x <= xOf(scene, each.startNs + each.allowedSeconds * 1e9) + NEAR;
  });
  return stage < 0 ? null : { kind: 'stage', stage, timeNs };
}

function instantHit(scene: Scene, box: TrackBox, x: number, timeNs: number): Hit {
  const trackId = box.track.id;
  const { instants } = scene;
  const of = instants === null ? undefined : instantsByTrack(instants).get(trackId);
  if (instants === null || of === undefined) return { kind: 'empty', trackId, row: -1, timeNs };
  const from = timeAt(scene, x - NEAR);
  const to = timeAt(scene, x + NEAR);
  let worst = -1;
  let count = 0;
  for (const places of of.classes) {
    const first = firstInstant(instants.time, places, from);
    const after = firstInstant(instants.time, places, to);
    count += after - first;
    if (after > first) worst = places[first] ?? -1;
  }
  if (worst < 0) return { kind: 'empty', trackId, row: -1, timeNs };
  return { kind: 'instant', trackId, instant: worst, count, timeNs };
}

function counterHit(scene: Scene, box: TrackBox, y: number, timeNs: number): Hit {
  const counter = box.counters[Math.floor((y - box.countersTop) / SIZES.counter)] ?? -1;
  const points = scene.counters[counter]?.points ?? null;
  let value: number | null = null;
  if (points !== null) {
    const after = firstAtLeast(points.time, timeNs);
    const at = points.time[after] === timeNs ? after : after - 1;
    value = points.value[at] ?? null;
  }
  return { kind: 'counter', trackId: box.track.id, counter, timeNs, value };
}

function bandHit(scene: Scene, trackId: number, timeNs: number, inBand: boolean): Hit {
  const bucket = inBand ? overviewBucketAt(scene, trackId, timeNs) : -1;
  if (scene.overview === null || bucket < 0) return { kind: 'empty', trackId, row: -1, timeNs };
  const { busy, name, flags } = scene.overview.columns;
  return {
    kind: 'band',
    trackId,
    timeNs,
    busy: (busy[bucket] ?? 0) / 255,
    nameId: name[bucket] ?? 0,
    flags: flags[bucket] ?? 0,
  };
}
