import { rowTop, SIZES } from '../model/layout.ts';
import { boxOfTrack } from '../model/spanRect.ts';
import { xOf } from '../model/view.ts';
import type { Frame } from './frame.ts';

/** Up to so many links are all drawn; of more, those of the span that is chosen. */
const FEW = 200;
/** Of the chosen span, at most so many. */
const MOST = 500;
const LEAST_BEND = 24;
const FAR = 1e5;

/** Draws links from the end of one span to the beginning of another, with an arrow there. */
export function drawLinks(frame: Frame): void {
  const { surface, scene, palette } = frame;
  const { links, selected } = scene;
  if (links === null) return;
  const { css } = palette.theme;
  const all = links.from.length <= FEW;
  let drawn = 0;
  for (let i = 0; i < links.from.length && drawn < MOST; i += 1) {
    const isChosen =
      selected !== null && (links.from[i] === selected.span || links.to[i] === selected.span);
    if (!isChosen && !all) continue;
    const fromX = clampFar(xOf(scene, links.fromTime[i] as number));
    const toX = clampFar(xOf(scene, links.toTime[i] as number));
    if (Math.max(fromX, toX) < 0 || Math.min(fromX, toX) > scene.size.width) continue;
    const fromY = rowMiddle(frame, links.fromTrack[i] as number, links.fromRow[i] as number);
    const toY = rowMiddle(frame, links.toTrack[i] as number, links.toRow[i] as number);
    if (fromY === null || toY === null) continue;
    drawn += 1;
    const bend = Math.max(LEAST_BEND, Math.abs(toX - fromX) / 3);
    surface.strokeStyle = isChosen ? css.focus : css.link;
    surface.fillStyle = surface.strokeStyle;
    surface.lineWidth = isChosen ? 2 : 1;
    surface.beginPath();
    surface.moveTo(fromX, fromY);
    surface.bezierCurveTo(fromX + bend, fromY, toX - bend, toY, toX, toY);
    surface.stroke();
    surface.beginPath();
    surface.moveTo(toX, toY);
    surface.lineTo(toX - 6, toY - 3);
    surface.lineTo(toX - 6, toY + 3);
    surface.closePath();
    surface.fill();
  }
}

/** Middle of a row, at the edge of what is in sight where it is beyond; null where its track is not in sight. */
function rowMiddle({ scene, layout }: Frame, trackId: number, row: number): number | null {
  const box = boxOfTrack(layout, trackId);
  if (box === undefined) return null;
  const y = rowTop(box, row) + SIZES.row / 2;
  const top = box.pinned ? layout.pinnedTop : layout.scrolledTop;
  return Math.max(top, Math.min(scene.size.height, y));
}

/** Curves to very far places are drawn wrongly by browsers. */
function clampFar(x: number): number {
  return Math.max(-FAR, Math.min(FAR, x));
}
