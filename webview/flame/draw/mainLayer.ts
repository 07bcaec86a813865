import { FoundSpans } from '../model/foundSpans.ts';
import { layoutScene, type TrackBox } from '../model/layout.ts';
import type { NameTable } from '../model/nameTable.ts';
import type { Scene } from '../model/scene.ts';
import { drawCounters } from './counters.ts';
import { chartFont, type Frame } from './frame.ts';
import { drawHeader } from './headers.ts';
import { addInstants } from './instants.ts';
import { LabelText } from './labelText.ts';
import { Minimap } from './minimap.ts';
import type { Palette } from './palette.ts';
import { RowRaster } from './rowRaster.ts';
import { drawGrid, drawRuler, ticksOf } from './ruler.ts';
import { addRows } from './spanRows.ts';
import { drawStages } from './stages.ts';
import { StripBuffer } from './stripBuffer.ts';
import type { DrawSurface } from './surface.ts';
import { WideSpans } from './wideSpans.ts';

/** Draws everything that stays the same while a pointer moves. It keeps what can be used again in the next frame. */
export class MainLayer {
  readonly #strips = new StripBuffer();
  readonly #wide = new WideSpans();
  readonly #minimap = new Minimap();
  #raster: RowRaster | null = null;
  #rasterOf: NameTable | null = null;
  #labels: LabelText | null = null;
  #labelFont = '';
  #found: FoundSpans | null = null;
  #foundOf: Uint32Array | null = null;

  /** Draws a scene as large as it says. */
  draw(surface: DrawSurface, scene: Scene, palette: Palette): void {
    const { width, height, pixelRatio } = scene.size;
    const { theme } = palette;
    surface.font = chartFont(theme.fontFamily);
    const frame: Frame = {
      surface,
      scene,
      palette,
      layout: layoutScene(scene),
      labels: this.#labelsFor(surface),
      found: this.#foundIn(scene),
      width: Math.max(1, Math.round(width * pixelRatio)),
    };
    const { layout } = frame;
    const ticks = ticksOf(frame);
    surface.fillStyle = theme.css.background;
    surface.fillRect(0, 0, width, height);
    drawGrid(frame, ticks);
    const scrolled = layout.boxes.filter(({ pinned }) => !pinned);
    this.#drawBoxes(frame, scrolled, layout.scrolledTop, height);
    if (scrolled.length < layout.boxes.length) {
      const pinned = layout.boxes.filter((box) => box.pinned);
      surface.fillStyle = theme.css.border;
      this.#drawBoxes(frame, pinned, layout.pinnedTop, layout.scrolledTop);
      surface.fillStyle = theme.css.border;
      surface.fillRect(0, layout.scrolledTop - 2, width, 2);
    }
    drawRuler(frame, ticks);
    this.#minimap.draw(frame);
  }

  #drawBoxes(frame: Frame, boxes: readonly TrackBox[], top: number, bottom: number): void {
    const { surface, scene, palette, labels } = frame;
    if (boxes.length === 0 || bottom <= top) return;
    const raster = this.#rasterFor(scene, palette);
    const tools = { strips: this.#strips, raster, wide: this.#wide };
    this.#strips.begin(frame.width);
    this.#wide.begin(scene.size.pixelRatio);
    for (const box of boxes) {
      addInstants(frame, this.#strips, box);
      addRows(frame, tools, box, top, bottom);
    }
    surface.save();
    surface.beginPath();
    surface.rect(0, top, scene.size.width, bottom - top);
    surface.clip();
    surface.strips(this.#strips);
    for (const box of boxes) {
      drawCounters(frame, box);
      drawStages(frame, box);
    }
    this.#wide.draw(surface, scene.names, labels, palette.theme);
    if (scene.showHeaders) for (const box of boxes) drawHeader(frame, box);
    surface.restore();
  }

  #rasterFor(scene: Scene, palette: Palette): RowRaster {
    if (this.#raster === null || this.#rasterOf !== scene.names) {
      this.#raster = new RowRaster(scene.names, palette.theme.fills.length);
      this.#rasterOf = scene.names;
    }
    return this.#raster;
  }

  #labelsFor(surface: DrawSurface): LabelText {
    if (this.#labels === null || this.#labelFont !== surface.font) {
      this.#labels = new LabelText((text) => surface.measureWidth(text));
      this.#labelFont = surface.font;
    }
    return this.#labels;
  }

  #foundIn({ found }: Scene): FoundSpans | null {
    if (found !== this.#foundOf) {
      this.#foundOf = found;
      this.#found = found === null ? null : new FoundSpans(found);
    }
    return this.#found;
  }
}
