import { rowTop, SIZES, type TrackBox } from '../model/layout.ts';
import { xOf } from '../model/view.ts';
import type { Frame } from './frame.ts';

const DASH = [4, 3];
/** Background around every line, so that it is seen on a span of any colour. */
const HALO = 1;

/**
 * Draws the time that each stage of a track was allowed: a dashed bar from its beginning, with a flag where it ends. It lies
 * over the span, which is longer where the time was exceeded.
 */
export function drawStages({ surface, scene, palette }: Frame, box: TrackBox): void {
  if (box.collapsed) return;
  const { css } = palette.theme;
  for (const stage of scene.stages) {
    if (stage.trackId !== box.track.id || stage.allowedSeconds === null) continue;
    const from = xOf(scene, stage.startNs);
    const to = xOf(scene, stage.startNs + stage.allowedSeconds * 1e9);
    if (to < 0 || from > scene.size.width) continue;
    const top = Math.round(rowTop(box, stage.row));
    const left = Math.max(-2, Math.round(from));
    const right = Math.min(scene.size.width + 2, Math.max(left + 2, Math.round(to)));
    const colour = stage.met === false ? css.overTarget : css.label;
    surface.strokeStyle = css.background;
    surface.lineWidth = 1 + 2 * HALO;
    surface.strokeRect(left + 0.5, top + 0.5, right - left - 1, SIZES.row - 2);
    surface.strokeStyle = colour;
    surface.lineWidth = 1;
    surface.setLineDash(DASH);
    surface.strokeRect(left + 0.5, top + 0.5, right - left - 1, SIZES.row - 2);
    surface.setLineDash([]);
    if (to > scene.size.width) continue;
    surface.fillStyle = css.background;
    surface.fillRect(right - 1 - HALO, top - 2, 2 + 2 * HALO, SIZES.row + 2);
    surface.fillStyle = colour;
    surface.fillRect(right - 1, top - 2, 2, SIZES.row + 2);
    surface.beginPath();
    surface.moveTo(right + 1, top - 2);
    surface.lineTo(right + 7, top + 1);
    surface.lineTo(right + 1, top + 4);
    surface.closePath();
    surface.fill();
  }
}
