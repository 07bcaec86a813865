import { layoutScene, rowTop, SIZES, type Layout, type TrackBox } from './layout.ts';
import type { Scene, SpanPlace } from './scene.ts';
import { xOf } from './view.ts';

/** Part of the canvas, in CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The box of a track, or undefined where nothing of it is in sight. */
export function boxOfTrack(layout: Layout, trackId: number): TrackBox | undefined {
  return layout.boxes.find(({ track }) => track.id === trackId);
}

/** Heights between which a box can be seen. */
export function clipOf(
  scene: Scene,
  layout: Layout,
  box: TrackBox,
): { top: number; bottom: number } {
  return box.pinned
    ? { top: layout.pinnedTop, bottom: layout.scrolledTop }
    : { top: layout.scrolledTop, bottom: scene.size.height };
}

/** Where a span is drawn, as much of it as is in sight; null where nothing is. */
export function spanRect(scene: Scene, place: SpanPlace, layout = layoutScene(scene)): Rect | null {
  const box = boxOfTrack(layout, place.trackId);
  if (box === undefined) return null;
  const { top, bottom } = clipOf(scene, layout, box);
  const y = rowTop(box, place.row);
  const height = box.collapsed ? SIZES.band : SIZES.row - SIZES.gap;
  const left = Math.max(0, xOf(scene, place.startNs));
  const right = Math.min(scene.size.width, xOf(scene, place.startNs + place.durationNs));
  if (right < 0 || left > scene.size.width || y + height <= top || y >= bottom) return null;
  return { x: left, y, width: Math.max(1, right - left), height };
}
