import { SIZES } from '../model/layout.ts';
import type { Ticks } from '../model/ticks.ts';
import { ticksBetween } from '../model/ticks.ts';
import { xOf } from '../model/view.ts';
import type { Frame } from './frame.ts';

/** CSS pixels that a label of the ruler needs. */
const LABEL_ROOM = 96;

export function ticksOf({ scene }: Pick<Frame, 'scene'>): Ticks {
  const { fromNs, toNs } = scene.view;
  return ticksBetween(fromNs, toNs, scene.size.width / LABEL_ROOM, scene.weightsUnit);
}

/** Lines behind everything else. */
export function drawGrid({ surface, scene, palette, layout }: Frame, { ticks }: Ticks): void {
  surface.fillStyle = palette.theme.css.grid;
  for (const { timeNs } of ticks) {
    surface.fillRect(Math.round(xOf(scene, timeNs)), layout.pinnedTop, 1, scene.size.height);
  }
}

export function drawRuler(frame: Frame, { ticks, anchor }: Ticks): void {
  const { surface, scene, palette, layout, labels } = frame;
  if (layout.rulerHeight === 0) return;
  const { css } = palette.theme;
  const { width } = scene.size;
  const top = layout.rulerTop;
  const middle = top + SIZES.ruler / 2;
  surface.fillStyle = css.background;
  surface.fillRect(0, top, width, SIZES.ruler);
  surface.fillStyle = css.border;
  surface.fillRect(0, top + SIZES.ruler - 1, width, 1);
  const anchorEnd = anchor === '' ? 0 : labels.widthOf(anchor) + 12;
  for (const { timeNs, label } of ticks) {
    const x = Math.round(xOf(scene, timeNs));
    surface.fillStyle = css.border;
    surface.fillRect(x, top + SIZES.ruler - 6, 1, 6);
    if (x < anchorEnd || x + labels.widthOf(label) > width) continue;
    surface.fillStyle = css.muted;
    surface.fillText(label, x + 4, middle);
  }
  if (anchor === '') return;
  surface.fillStyle = css.label;
  surface.fillText(anchor, 4, middle);
}
