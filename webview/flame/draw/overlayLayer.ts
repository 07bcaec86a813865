import { formatExtent } from '../../shared/amounts.ts';
import { layoutScene, SIZES } from '../model/layout.ts';
import type { AreaSelection, Scene, SpanPlace } from '../model/scene.ts';
import { boxOfTrack, clipOf, spanRect } from '../model/spanRect.ts';
import { xOf } from '../model/view.ts';
import { chartFont, type Frame } from './frame.ts';
import { LabelText } from './labelText.ts';
import { drawLinks } from './links.ts';
import type { Palette } from './palette.ts';
import type { DrawSurface } from './surface.ts';

const RING = 2;
const LABEL_PADDING = 4;
const DROP = 4;

/** Draws what follows a pointer or the keyboard: never a span itself, so it costs little. */
export class OverlayLayer {
  #labels: LabelText | null = null;

  draw(surface: DrawSurface, scene: Scene, palette: Palette): void {
    surface.font = chartFont(palette.theme.fontFamily);
    this.#labels ??= new LabelText((text) => surface.measureWidth(text));
    const frame: Frame = {
      surface,
      scene,
      palette,
      layout: layoutScene(scene),
      labels: this.#labels,
      found: null,
      width: Math.max(1, Math.round(scene.size.width * scene.size.pixelRatio)),
    };
    const { layout } = frame;
    surface.save();
    surface.beginPath();
    surface.rect(0, layout.pinnedTop, scene.size.width, scene.size.height - layout.pinnedTop);
    surface.clip();
    if (scene.area !== null) drawArea(frame, scene.area);
    drawLinks(frame);
    const { hover } = scene;
    if (hover?.kind === 'span') outline(frame, hover.place, palette.theme.css.label, 1);
    if (hover?.kind === 'aggregate') outline(frame, hover.longest, palette.theme.css.label, 1);
    if (scene.selected !== null) outline(frame, scene.selected, palette.theme.css.label, RING);
    drawFocus(frame);
    drawDrop(frame);
    surface.restore();
    drawCrosshair(frame);
  }
}

/** A frame around a span; around a small one wide enough to be seen, with corners that stand out of the row. */
function outline(frame: Frame, place: SpanPlace, colour: string, width: number): void {
  const { surface, scene, layout } = frame;
  const rect = spanRect(scene, place, layout);
  const box = boxOfTrack(layout, place.trackId);
  if (rect === null || box === undefined) return;
  const { top, bottom } = clipOf(scene, layout, box);
  surface.save();
  surface.beginPath();
  surface.rect(0, top, scene.size.width, bottom - top);
  surface.clip();
  surface.strokeStyle = colour;
  surface.lineWidth = width;
  const half = width / 2;
  const least = Math.max(rect.width, 3);
  const x = Math.round(rect.x) - half;
  surface.strokeRect(x, Math.round(rect.y) - half, least + width, rect.height + width);
  surface.restore();
}

/** A line where a dragged track would come to lie. */
function drawDrop({ surface, scene, layout, palette }: Frame): void {
  const { drop } = scene;
  if (drop === null || drop.trackId === drop.onto) return;
  const [dragged, onto] = [boxOfTrack(layout, drop.trackId), boxOfTrack(layout, drop.onto)];
  if (dragged === undefined || onto === undefined) return;
  const y = dragged.top < onto.top ? onto.bottom : onto.top;
  surface.fillStyle = palette.theme.css.focus;
  surface.fillRect(0, Math.round(y) - DROP / 2, scene.size.width, DROP);
}

/** The ring of the keyboard's focus: outside of the frame of the choice, with a gap in the background's colour. */
function drawFocus(frame: Frame): void {
  const { surface, scene, layout, palette } = frame;
  const { focus } = scene;
  const { css } = palette.theme;
  if (focus?.kind === 'span') {
    outline(frame, focus.place, css.background, 2 * RING + 1);
    outline(frame, focus.place, css.focus, RING);
  }
  if (focus?.kind !== 'header') return;
  const box = boxOfTrack(layout, focus.trackId);
  if (box === undefined) return;
  surface.strokeStyle = css.focus;
  surface.lineWidth = RING;
  surface.strokeRect(1, box.headerTop + 1, scene.size.width - 2, box.headerHeight - 2);
}

function drawArea({ surface, scene, layout, palette }: Frame, area: AreaSelection): void {
  const { css } = palette.theme;
  const from = Math.max(-1, Math.min(scene.size.width + 1, xOf(scene, area.fromNs)));
  const to = Math.max(-1, Math.min(scene.size.width + 1, xOf(scene, area.toNs)));
  surface.fillStyle = css.selection;
  surface.strokeStyle = css.focus;
  surface.lineWidth = 1;
  if (area.trackIds === null) {
    surface.fillRect(from, layout.pinnedTop, to - from, scene.size.height - layout.pinnedTop);
  }
  for (const box of area.trackIds === null ? [] : layout.boxes) {
    if (area.trackIds?.has(box.track.id) !== true) continue;
    const { top, bottom } = clipOf(scene, layout, box);
    const first = Math.max(top, box.top);
    surface.fillRect(from, first, to - from, Math.min(bottom, box.bottom) - first);
  }
  surface.strokeRect(
    Math.round(from) + 0.5,
    layout.pinnedTop + 0.5,
    Math.max(1, Math.round(to - from)),
    scene.size.height - layout.pinnedTop - 1,
  );
}

function drawCrosshair({ surface, scene, layout, palette, labels }: Frame): void {
  if (scene.crosshairNs === null) return;
  const { css } = palette.theme;
  const x = Math.round(xOf(scene, scene.crosshairNs));
  if (x < 0 || x > scene.size.width) return;
  surface.fillStyle = css.muted;
  surface.fillRect(x, layout.pinnedTop, 1, scene.size.height - layout.pinnedTop);
  if (layout.rulerHeight === 0) return;
  const text = formatExtent(scene.crosshairNs, scene.weightsUnit);
  const width = labels.widthOf(text) + 2 * LABEL_PADDING;
  const left = Math.max(0, Math.min(x - width / 2, scene.size.width - width));
  surface.fillStyle = css.label;
  surface.fillRect(left, layout.rulerTop + 3, width, SIZES.ruler - 7);
  surface.fillStyle = css.background;
  surface.fillText(text, left + LABEL_PADDING, layout.rulerTop + SIZES.ruler / 2);
}
