import { hitTest } from '../model/hitTest.ts';
import { layoutScene, type Layout } from '../model/layout.ts';
import type { Hit, Scene, VisibleRows } from '../model/scene.ts';
import { clampView } from '../model/view.ts';
import { visibleRows } from '../model/visibleRows.ts';
import { CanvasSurface } from './canvasSurface.ts';
import { MainLayer } from './mainLayer.ts';
import { OverlayLayer } from './overlayLayer.ts';
import { makePalette, type Palette } from './palette.ts';
import type { Theme } from './theme.ts';

export interface FlameChartParts {
  /** Spans, tracks, ruler. */
  readonly main: HTMLCanvasElement;
  /** Of the same size, over it; it takes no part in hit tests of the page. */
  readonly overlay: HTMLCanvasElement;
  readonly scene: Scene;
  readonly theme: Theme;
  /** Hears after each frame in which the main layer was drawn; the time to ask for pieces that are needed now. */
  readonly onDrawn?: () => void;
}

/** Draws a scene on two canvases, at most once a frame, and only what was said to have changed. */
export class FlameChart {
  readonly #parts: FlameChartParts;
  readonly #main: CanvasSurface;
  readonly #overlay: CanvasSurface;
  readonly #mainLayer = new MainLayer();
  readonly #overlayLayer = new OverlayLayer();
  #scene: Scene;
  #palette: Palette;
  #mainDirty = false;
  #overlayDirty = false;
  #frame: number | null = null;

  /** @throws Error where the browser gives no 2D context */
  constructor(parts: FlameChartParts) {
    this.#parts = parts;
    this.#scene = parts.scene;
    this.#palette = makePalette(parts.theme);
    this.#main = new CanvasSurface(contextOf(parts.main, false));
    this.#overlay = new CanvasSurface(contextOf(parts.overlay, true));
  }

  get scene(): Scene {
    return this.#scene;
  }

  /** Another scene, at the size of this chart: another view of the same run. */
  set scene(scene: Scene) {
    scene.size = this.#scene.size;
    scene.view = clampView(scene, scene.view);
    this.#scene = scene;
    this.redraw();
  }

  /** A new size of the canvases in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#scene.size = { width, height, pixelRatio };
    for (const { style } of [this.#parts.main, this.#parts.overlay]) {
      style.width = `${width}px`;
      style.height = `${height}px`;
    }
    this.#scene.view = clampView(this.#scene, this.#scene.view);
    this.redraw();
  }

  setTheme(theme: Theme): void {
    this.#palette = makePalette(theme);
    this.redraw();
  }

  /** Draws everything in the next frame. */
  redraw(): void {
    this.#mainDirty = true;
    this.redrawOverlay();
  }

  /** Draws hover, choice, focus, area and crosshair in the next frame. */
  redrawOverlay(): void {
    this.#overlayDirty = true;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  get layout(): Layout {
    return layoutScene(this.#scene);
  }

  /** What is drawn at a place of the canvas (CSS pixels). */
  hitTest(x: number, y: number): Hit {
    return hitTest(this.#scene, x, y);
  }

  /** Rows in sight, for `SpanStore.neededPieces`. */
  visibleTracks(): VisibleRows[] {
    return visibleRows(this.#scene);
  }

  /** Draws nothing any more. */
  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #draw(): void {
    const { width, height, pixelRatio } = this.#scene.size;
    const across = Math.max(1, Math.round(width * pixelRatio));
    const down = Math.max(1, Math.round(height * pixelRatio));
    if (this.#mainDirty) {
      this.#mainDirty = false;
      this.#main.begin(across, down, pixelRatio);
      this.#mainLayer.draw(this.#main, this.#scene, this.#palette);
      this.#parts.onDrawn?.();
    }
    if (this.#overlayDirty) {
      this.#overlayDirty = false;
      this.#overlay.begin(across, down, pixelRatio);
      this.#overlayLayer.draw(this.#overlay, this.#scene, this.#palette);
    }
  }
}

function contextOf(canvas: HTMLCanvasElement, alpha: boolean): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha });
  if (context === null) throw new Error('This browser has no canvas to draw on.');
  return context;
}
