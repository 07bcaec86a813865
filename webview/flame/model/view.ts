import { layoutScene, rowTopInContent, SIZES } from './layout.ts';
import type { Scene, SpanPlace, View } from './scene.ts';

/** The shortest time that fills a chart: spans of a nanosecond can be told apart. */
const SHORTEST_NS = 1;
/** Room beside a span that is shown whole, as a share of its length. */
const MARGIN = 0.1;

/** CSS pixels from the left edge; far outside of the canvas for times far outside of the view. */
export function xOf({ view, size }: Scene, timeNs: number): number {
  return ((timeNs - view.fromNs) / (view.toNs - view.fromNs)) * size.width;
}

/** Time at a place, given in CSS pixels from the left edge. */
export function timeAt({ view, size }: Scene, x: number): number {
  return view.fromNs + (x / Math.max(1, size.width)) * (view.toNs - view.fromNs);
}

/** A view that lies on the time axis: as long as it was where that is possible, and not scrolled beyond the end. */
export function clampView(scene: Scene, view: View): View {
  const extent = Math.max(SHORTEST_NS, scene.extentNs);
  const length = Math.min(extent, Math.max(SHORTEST_NS, view.toNs - view.fromNs));
  const fromNs = Math.min(Math.max(0, view.fromNs), extent - length);
  const { maxScroll } = layoutScene(scene);
  return {
    fromNs,
    toNs: fromNs + length,
    scrollTop: Math.min(Math.max(0, view.scrollTop), maxScroll),
  };
}

/** Longer or shorter around a time that stays where it is: `factor` 0.5 shows half as long. */
export function zoomAround(scene: Scene, timeNs: number, factor: number): View {
  const { fromNs, toNs, scrollTop } = scene.view;
  const extent = Math.max(SHORTEST_NS, scene.extentNs);
  const length = Math.min(extent, Math.max(SHORTEST_NS, (toNs - fromNs) * factor));
  const share = (timeNs - fromNs) / (toNs - fromNs);
  const from = timeNs - share * length;
  return clampView(scene, { fromNs: from, toNs: from + length, scrollTop });
}

/** Moves what is in sight by CSS pixels: to the right, and down. */
export function panBy(scene: Scene, dx: number, dy: number): View {
  const { fromNs, toNs, scrollTop } = scene.view;
  const ns = (dx / Math.max(1, scene.size.width)) * (toNs - fromNs);
  return clampView(scene, { fromNs: fromNs + ns, toNs: toNs + ns, scrollTop: scrollTop + dy });
}

/** The whole run. */
export function fitAll(scene: Scene): View {
  return clampView(scene, { ...scene.view, fromNs: 0, toNs: scene.extentNs });
}

/** A stretch of time as wide as the canvas, with a little room beside it. */
export function fitTo(scene: Scene, fromNs: number, toNs: number): View {
  const margin = Math.max(SHORTEST_NS, toNs - fromNs) * MARGIN;
  return clampView(scene, { ...scene.view, fromNs: fromNs - margin, toNs: toNs + margin });
}

/** Moves as little as is needed to see a span: its row, and its time or, where it is longer than the view, its beginning. */
export function revealSpan(scene: Scene, place: SpanPlace): View {
  let { fromNs, toNs, scrollTop } = scene.view;
  const length = toNs - fromNs;
  const endNs = place.startNs + place.durationNs;
  if (place.startNs < fromNs || endNs > toNs) {
    const covers = place.startNs <= fromNs && endNs >= toNs;
    if (!covers) {
      const fits = place.durationNs <= length;
      fromNs = fits
        ? place.startNs - (length - place.durationNs) / 2
        : place.startNs - length * MARGIN;
      toNs = fromNs + length;
    }
  }
  const top = rowTopInContent(scene, place.trackId, place.row);
  if (top !== null) {
    const { scrolledTop } = layoutScene(scene);
    const room = scene.size.height - scrolledTop;
    const header = scene.showHeaders ? SIZES.header : 0;
    if (top - header < scrollTop) scrollTop = top - header;
    else if (top + SIZES.row > scrollTop + room) scrollTop = top + SIZES.row - room;
  }
  return clampView(scene, { fromNs, toNs, scrollTop });
}
