import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { HEADER_PARTS } from '../model/hitTest.ts';
import { SIZES, type TrackBox } from '../model/layout.ts';
import type { Frame } from './frame.ts';
import { SIGN_WIDTH, SIGNS, signsOf } from './signs.ts';

const GAP = 8;

/** Draws the line over a track: whether it is open, its name, what is wrong in it, how much there is, and the pin. */
export function drawHeader({ surface, scene, palette, labels }: Frame, box: TrackBox): void {
  const { css } = palette.theme;
  const { width } = scene.size;
  const top = box.headerTop;
  const middle = top + SIZES.header / 2;
  surface.fillStyle = css.headerBackground;
  surface.fillRect(0, top, width, SIZES.header);
  surface.fillStyle = css.border;
  surface.fillRect(0, top, width, 1);
  surface.fillStyle = css.label;
  drawTwisty(surface, 10, middle, box.collapsed);
  const room = width - HEADER_PARTS.twistyEnd - HEADER_PARTS.pinWidth;
  const name = labels.fit(box.track.name, room * 0.6);
  surface.fillText(name, HEADER_PARTS.twistyEnd, middle);
  let x = HEADER_PARTS.twistyEnd + labels.widthOf(name) + GAP;
  const signs = signsOf(box.track.flags, Number.NaN);
  for (const { bit, colour, outline } of SIGNS) {
    if ((signs & bit) === 0) continue;
    surface.beginPath();
    outline(surface, x + SIGN_WIDTH / 2, middle);
    surface.fillStyle = colour(palette.theme);
    surface.fill();
    x += SIGN_WIDTH + 2;
  }
  if (box.track.spans > 0) {
    surface.fillStyle = css.muted;
    const count = `${formatNumber(box.track.spans)} ${box.track.spans === 1 ? 'span' : 'spans'}`;
    surface.fillText(count, x + GAP / 2, middle);
  }
  drawPin(surface, width - HEADER_PARTS.pinWidth / 2, middle, box.pinned, css.label, css.muted);
}

function drawTwisty(surface: Frame['surface'], x: number, y: number, collapsed: boolean): void {
  surface.beginPath();
  if (collapsed) {
    surface.moveTo(x - 2, y - 4);
    surface.lineTo(x + 3, y);
    surface.lineTo(x - 2, y + 4);
  } else {
    surface.moveTo(x - 4, y - 2);
    surface.lineTo(x + 4, y - 2);
    surface.lineTo(x, y + 3);
  }
  surface.closePath();
  surface.fill();
}

/** A filled pin where the track is pinned, else the outline of one. */
function drawPin(
  surface: Frame['surface'],
  x: number,
  y: number,
  pinned: boolean,
  strong: string,
  faint: string,
): void {
  surface.beginPath();
  surface.moveTo(x - 3, y - 5);
  surface.lineTo(x + 3, y - 5);
  surface.lineTo(x + 2, y);
  surface.lineTo(x + 4, y + 2);
  surface.lineTo(x - 4, y + 2);
  surface.lineTo(x - 2, y);
  surface.closePath();
  surface.fillStyle = strong;
  surface.strokeStyle = pinned ? strong : faint;
  surface.lineWidth = 1;
  if (pinned) surface.fill();
  surface.moveTo(x, y + 2);
  surface.lineTo(x, y + 6);
  surface.stroke();
}
