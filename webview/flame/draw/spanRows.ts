import { rowsBetween, rowTop, SIZES, type TrackBox } from '../model/layout.ts';
import { overviewPlace } from '../model/overviewAt.ts';
import { addBand } from './bands.ts';
import { crisp, type Frame } from './frame.ts';
import type { RowRaster } from './rowRaster.ts';
import { addRowStrips } from './rowStrips.ts';
import type { StripBuffer } from './stripBuffer.ts';
import type { WideSpans } from './wideSpans.ts';

/** What rows are drawn with; used again for every frame. */
export interface RowTools {
  readonly strips: StripBuffer;
  readonly raster: RowRaster;
  readonly wide: WideSpans;
}

/** Adds the rows of a track that lie between two heights of the canvas, or its band where it is collapsed. */
export function addRows(
  frame: Frame,
  { strips, raster, wide }: RowTools,
  box: TrackBox,
  top: number,
  bottom: number,
): void {
  const { scene, palette, found, width } = frame;
  const { view, size, store } = scene;
  const { id } = box.track;
  const ratio = size.pixelRatio;
  if (box.collapsed) {
    addBand(strips, scene, id, view, crisp(box.rowsTop, ratio), SIZES.band, palette);
    return;
  }
  const { firstRow, lastRow } = rowsBetween(box, top, bottom);
  if (firstRow > lastRow) return;
  if (overviewPlace(scene, id) >= 0 && store.isMissing(id, firstRow, lastRow)) {
    // What has not come yet, or is not held any more: better its outline than nothing.
    const bandTop = crisp(Math.max(top, box.rowsTop), ratio);
    addBand(strips, scene, id, view, bandTop, SIZES.row - SIZES.gap, palette);
  }
  const scale = width / (view.toNs - view.fromNs);
  const mark = Math.ceil(SIZES.mark * ratio);
  const look = {
    palette,
    pixelRatio: ratio,
    showCritical: scene.showCritical,
    searching: found !== null,
  };
  for (let row = firstRow; row <= lastRow; row += 1) {
    const runs = store.row(id, row);
    if (runs.length === 0) continue;
    const y = crisp(rowTop(box, row), ratio);
    raster.begin(width, mark);
    for (const run of runs) raster.addRun(run, view.fromNs, scale, wide, y);
    if (found !== null) {
      for (const run of runs) raster.addFound(run, found.placesIn(run), view.fromNs, scale);
    }
    addRowStrips(strips, raster, y, look);
  }
}
