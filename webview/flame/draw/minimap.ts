import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import { SIZES } from '../model/layout.ts';
import { overviewPlace } from '../model/overviewAt.ts';
import type { Scene } from '../model/scene.ts';
import { addBand, addMarks } from './bands.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import { StripBuffer } from './stripBuffer.ts';

/** The notch for errors above all bands, and the foot for what is over target below them. */
const MARKS = 4;
/** Tracks that have a line of their own; of more than that, as many as there are lines, evenly. */
const MOST_LINES = SIZES.minimap - 2 * MARKS - 2;

/** The strip over the ruler that shows the whole run. Its lines are made anew only when what they show has changed. */
export class Minimap {
  readonly #strips = new StripBuffer();
  #key: readonly unknown[] = [];

  draw({ surface, scene, palette, layout, width }: Frame): void {
    if (layout.minimapHeight === 0) return;
    const { css } = palette.theme;
    surface.fillStyle = css.headerBackground;
    surface.fillRect(0, 0, scene.size.width, SIZES.minimap);
    if (scene.overview !== null) {
      this.#makeLines(scene, palette, width);
      surface.strips(this.#strips);
    }
    const extent = Math.max(1, scene.extentNs);
    const from = (scene.view.fromNs / extent) * scene.size.width;
    const to = (scene.view.toNs / extent) * scene.size.width;
    const left = Math.floor(from);
    const right = Math.max(left + 2, Math.ceil(to));
    surface.fillStyle = css.shade;
    surface.fillRect(0, 0, left, SIZES.minimap);
    surface.fillRect(right, 0, scene.size.width - right, SIZES.minimap);
    surface.strokeStyle = css.focus;
    surface.lineWidth = 1;
    surface.strokeRect(left + 0.5, 0.5, right - left - 1, SIZES.minimap - 1.5);
    surface.fillStyle = css.focus;
    surface.fillRect(left, SIZES.minimap / 2 - 7, 3, 14);
    surface.fillRect(right - 3, SIZES.minimap / 2 - 7, 3, 14);
    surface.fillStyle = css.border;
    surface.fillRect(0, SIZES.minimap - 1, scene.size.width, 1);
  }

  #makeLines(scene: Scene, palette: Palette, width: number): void {
    const key = [
      scene.overview,
      scene.tracks,
      scene.extentNs,
      scene.names.count,
      palette,
      width,
      scene.size.pixelRatio,
      [...scene.hidden].join(),
    ];
    if (key.every((part, i) => part === this.#key[i])) return;
    this.#key = key;
    this.#strips.begin(width);
    const shown = scene.tracks.filter(
      ({ id, rows }) => rows > 0 && !scene.hidden.has(id) && overviewPlace(scene, id) >= 0,
    );
    const lines = Math.min(shown.length, MOST_LINES);
    const height = (SIZES.minimap - 2 * MARKS - 2) / Math.max(1, lines);
    const whole = { fromNs: 0, toNs: Math.max(1, scene.extentNs) };
    for (let line = 0; line < lines; line += 1) {
      const { id } = shown[Math.floor((line * shown.length) / lines)] as { id: number };
      addBand(this.#strips, scene, id, whole, MARKS + 1 + line * height, height, palette);
    }
    const { error, overTarget } = palette.theme;
    // Marks come from all tracks, whether they have a line or not.
    const places = shown.map(({ id }) => overviewPlace(scene, id));
    addMarks(this.#strips, scene, places, whole, 0, MARKS, SPAN_FLAG.error, error);
    const foot = SIZES.minimap - MARKS - 1;
    addMarks(this.#strips, scene, places, whole, foot, MARKS, SPAN_FLAG.overTarget, overTarget);
  }
}
