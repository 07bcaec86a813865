import type { PanelSettings } from '../../../src/protocol/panelMessages.ts';
import { readTheme } from '../../flame/draw/readTheme.ts';
import type { Hit, Scene, View, VisibleRows } from '../../flame/model/scene.ts';
import { ChartSurface } from '../../flame/page/chartSurface.ts';
import { Pointer } from '../../flame/page/pointer.ts';
import { el } from '../../shared/dom.ts';
import { type PairMarks, drawPairLayer } from './pairLayer.ts';

/** What a pane tells of. */
export interface PaneListener {
  settings(): PanelSettings;
  viewChanged(pane: ChartPane): void;
  hovered(pane: ChartPane, hit: Hit | null, clientX: number, clientY: number): void;
  clicked(pane: ChartPane, hit: Hit): void;
  doubleClicked(pane: ChartPane, hit: Hit): void;
}

const NO_MARKS: PairMarks = { ghostOf: new Map(), pair: [], idle: [] };

/** One chart of the diff: the flame chart's surface with a layer of pairs over it. */
export class ChartPane {
  readonly surface: ChartSurface;
  readonly element: HTMLElement;
  readonly #layer = el('canvas', { class: 'pair-layer', 'aria-hidden': 'true' });
  readonly scene: Scene;
  #marks: PairMarks = NO_MARKS;
  #theme = readTheme();
  #frame: number | null = null;

  constructor(label: string, scene: Scene, listener: PaneListener) {
    this.scene = scene;
    this.surface = new ChartSurface({
      viewChanged: () => {
        this.redraw();
        listener.viewChanged(this);
      },
    });
    this.element = this.surface.element;
    this.element.append(this.#layer);
    const { overlay } = this.surface;
    overlay.setAttribute('aria-label', label);
    overlay.setAttribute('aria-roledescription', 'time-line of two runs');
    new Pointer(this.surface, {
      settings: () => listener.settings(),
      hovered: (hit, x, y) => listener.hovered(this, hit, x, y),
      clicked: (hit) => listener.clicked(this, hit),
      doubleClicked: (hit) => listener.doubleClicked(this, hit),
      area: ({ from, to }, done) => {
        scene.area = done ? null : { fromNs: from, toNs: to, trackIds: null };
        if (done)
          this.surface.setView({ ...scene.view, fromNs: from, toNs: Math.max(from + 1, to) });
        else this.surface.redrawOverlay();
      },
      trackDropped: () => undefined,
    });
  }

  /** Begins to draw; the pane must be in the page. */
  start(): void {
    this.surface.show(this.scene);
    this.redraw();
  }

  /** Shows another part without telling of it. */
  follow(view: View): void {
    this.scene.view = view;
    this.redraw();
  }

  /** What is drawn over the spans. */
  set marks(marks: PairMarks) {
    this.#marks = marks;
    this.#redrawLayer();
  }

  /** Draws everything anew in the next frame. */
  redraw(): void {
    this.surface.redraw();
    this.#redrawLayer();
  }

  themeChanged(): void {
    this.#theme = readTheme();
    this.surface.themeChanged();
    this.#redrawLayer();
  }

  /** Rows in sight, and those of A whose outlines are drawn over rows of B. */
  visibleRows(): VisibleRows[] {
    const visible = this.surface.visibleTracks();
    return visible.flatMap((rows) => {
      const ghost = this.#marks.ghostOf.get(rows.trackId);
      return ghost === undefined ? [rows] : [rows, { ...rows, trackId: ghost }];
    });
  }

  /** The layers of the pane over one another, as they are now. */
  picture(): HTMLCanvasElement {
    const layers = [...this.element.querySelectorAll('canvas')];
    const [first] = layers;
    const picture = el('canvas');
    picture.width = first?.width ?? 1;
    picture.height = first?.height ?? 1;
    const context = picture.getContext('2d');
    for (const layer of layers) {
      if (layer.width > 0) context?.drawImage(layer, 0, 0, picture.width, picture.height);
    }
    return picture;
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.surface.tooltip.element.remove();
    this.element.remove();
  }

  #redrawLayer(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      drawPairLayer(this.#layer, this.scene, this.#theme, this.#marks);
    });
  }
}
