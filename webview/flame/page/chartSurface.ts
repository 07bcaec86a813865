import { el } from '../../shared/dom.ts';
import { Tooltip } from '../../shared/tooltip.ts';
import { FlameChart } from '../draw/flameChart.ts';
import { readTheme } from '../draw/readTheme.ts';
import type { Hit, Scene, View, VisibleRows } from '../model/scene.ts';

/** What the surface tells of itself. */
export interface SurfaceListener {
  /** The view of the scene was changed: pieces may be missing, and the state is to be kept. */
  viewChanged(): void;
}

/** The canvases of the chart with what lies over them; it draws one scene at a time. */
export class ChartSurface {
  readonly element: HTMLElement;
  /** Takes the keyboard. */
  readonly overlay: HTMLCanvasElement;
  readonly tooltip = new Tooltip();
  readonly #main = el('canvas', { class: 'chart-main', 'aria-hidden': 'true' });
  readonly #listener: SurfaceListener;
  #chart: FlameChart | null = null;
  #scene: Scene | null = null;

  constructor(listener: SurfaceListener) {
    this.#listener = listener;
    this.overlay = el('canvas', {
      class: 'chart-overlay',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'flame chart',
      'aria-label': 'Flame chart. Press ? for the keys, T for a table.',
    });
    this.element = el('div', { class: 'chart-surface' }, this.#main, this.overlay);
    document.body.append(this.tooltip.element);
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  get scene(): Scene | null {
    return this.#scene;
  }

  /** Draws another scene. */
  show(scene: Scene): void {
    this.#scene = scene;
    if (this.#chart === null) {
      const { overlay } = this;
      this.#chart = new FlameChart({ main: this.#main, overlay, scene, theme: readTheme() });
    } else this.#chart.scene = scene;
    this.#resize();
  }

  /** Says whether spans in sight are still on their way. */
  setBusy(busy: boolean): void {
    this.element.ariaBusy = String(busy);
  }

  /** Reads the theme again and draws with it. */
  themeChanged(): void {
    this.#chart?.setTheme(readTheme());
  }

  redraw(): void {
    this.#chart?.redraw();
  }

  redrawOverlay(): void {
    this.#chart?.redrawOverlay();
  }

  /** What lies at a point of the canvas, in CSS pixels. */
  hitTest(x: number, y: number): Hit | null {
    return this.#chart?.hitTest(x, y) ?? null;
  }

  /** Tracks in sight with their rows, from the top. */
  visibleTracks(): readonly VisibleRows[] {
    return this.#chart?.visibleTracks() ?? [];
  }

  /** Shows another part of the scene. */
  setView(view: View): void {
    if (this.#scene === null) return;
    this.#scene.view = view;
    this.#chart?.redraw();
    this.#listener.viewChanged();
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (this.#chart === null || this.#scene === null || width === 0 || height === 0) return;
    this.#chart.resize(width, height, devicePixelRatio);
    this.#listener.viewChanged();
  }
}
