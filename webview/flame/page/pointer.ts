import type { PanelSettings } from '../../../src/protocol/panelMessages.ts';
import type { Hit } from '../model/scene.ts';
import { clampView, panBy, zoomAround } from '../model/view.ts';
import { areaBetween, type Area } from './areaSelect.ts';
import type { ChartSurface } from './chartSurface.ts';
import { GestureGuard, wheelEffect } from './wheel.ts';

/** Moving less than this is a click; CSS pixels. */
const CLICK_PIXELS = 5;
const LINE_PIXELS = 16;

/** What the mouse does beside moving the view. */
export interface PointerListener {
  settings(): PanelSettings;
  hovered(hit: Hit | null, clientX: number, clientY: number): void;
  clicked(hit: Hit): void;
  doubleClicked(hit: Hit): void;
  area(area: Area, done: boolean): void;
  trackDropped(trackId: number, onto: number): void;
}

interface Drag {
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
  lastX: number;
  lastY: number;
  moved: boolean;
  readonly kind: 'pan' | 'area' | 'track' | 'minimap';
}

/** Mouse, pen, touch and wheel on the chart. */
export class Pointer {
  readonly #surface: ChartSurface;
  readonly #listener: PointerListener;
  readonly #guard = new GestureGuard();
  #drag: Drag | null = null;

  constructor(surface: ChartSurface, listener: PointerListener) {
    this.#surface = surface;
    this.#listener = listener;
    const { overlay } = surface;
    overlay.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    overlay.addEventListener('pointerdown', (event) => this.#down(event));
    overlay.addEventListener('pointermove', (event) => this.#move(event));
    overlay.addEventListener('pointerup', (event) => this.#up(event));
    overlay.addEventListener('pointercancel', () => this.#cancel());
    overlay.addEventListener('pointerleave', () => this.#hover(null, 0, 0));
    overlay.addEventListener('dblclick', (event) => {
      const hit = this.#hit(event);
      if (hit !== null) listener.doubleClicked(hit);
    });
  }

  /** Gives up a drag that goes on. @returns whether one did */
  cancel(): boolean {
    const dragged = this.#drag !== null;
    this.#cancel();
    return dragged;
  }

  #hit(event: MouseEvent): Hit | null {
    return this.#surface.hitTest(event.offsetX, event.offsetY);
  }

  #wheel(event: WheelEvent): void {
    const { scene } = this.#surface;
    if (scene === null) return;
    event.preventDefault();
    const scale =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? LINE_PIXELS
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? scene.size.height
          : 1;
    const turn = {
      dx: event.deltaX * scale,
      dy: event.deltaY * scale,
      ctrl: event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
      alt: event.altKey,
    };
    const effect = wheelEffect(turn, this.#listener.settings().wheel);
    if (!this.#guard.allows(effect, event.timeStamp)) return;
    if (effect.kind === 'pan') this.#surface.setView(panBy(scene, effect.dx, effect.dy));
    else {
      const timeNs = this.#hit(event)?.kind === 'minimap' ? centre(scene.view) : this.#time(event);
      this.#surface.setView(zoomAround(scene, timeNs, effect.factor));
    }
    this.#hover(this.#hit(event), event.clientX, event.clientY);
  }

  #time(event: MouseEvent): number {
    const { scene } = this.#surface;
    if (scene === null) return 0;
    const { fromNs, toNs } = scene.view;
    return fromNs + (event.offsetX / Math.max(1, scene.size.width)) * (toNs - fromNs);
  }

  #down(event: PointerEvent): void {
    const hit = this.#hit(event);
    if (event.button !== 0 || hit === null) return;
    this.#surface.overlay.setPointerCapture(event.pointerId);
    const [x, y] = [event.offsetX, event.offsetY];
    const kind =
      hit.kind === 'minimap'
        ? 'minimap'
        : event.shiftKey || hit.kind === 'ruler'
          ? 'area'
          : hit.kind === 'header' && hit.part === 'name'
            ? 'track'
            : 'pan';
    this.#drag = { hit, x, y, lastX: x, lastY: y, moved: false, kind };
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag === null) {
      this.#hover(this.#hit(event), event.clientX, event.clientY);
      return;
    }
    const [x, y] = [event.offsetX, event.offsetY];
    if (!drag.moved && Math.hypot(x - drag.x, y - drag.y) <= CLICK_PIXELS) return;
    drag.moved = true;
    this.#hover(null, 0, 0);
    const { scene, overlay } = this.#surface;
    if (scene === null) return;
    overlay.dataset['drag'] = drag.kind;
    if (drag.kind === 'pan') {
      this.#surface.setView(panBy(scene, drag.lastX - x, drag.lastY - y));
    } else if (drag.kind === 'area') {
      const area = this.#areaOf(drag, event);
      if (area !== null) this.#listener.area(area, false);
    } else if (drag.kind === 'track' && drag.hit.kind === 'header') {
      scene.drop = { trackId: drag.hit.trackId, onto: this.#trackAt(event) };
      this.#surface.redrawOverlay();
    } else if (drag.kind === 'minimap') this.#dragMinimap(drag, event);
    drag.lastX = x;
    drag.lastY = y;
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    this.#cancel();
    if (drag === null) return;
    if (!drag.moved) {
      if (drag.hit.kind === 'minimap') this.#centreAt(drag.hit.timeNs);
      else this.#listener.clicked(drag.hit);
      return;
    }
    if (drag.kind === 'area') {
      const area = this.#areaOf(drag, event);
      if (area !== null) this.#listener.area(area, true);
    } else if (drag.kind === 'track' && drag.hit.kind === 'header') {
      const onto = this.#trackAt(event);
      if (onto >= 0) this.#listener.trackDropped(drag.hit.trackId, onto);
    }
  }

  #cancel(): void {
    this.#drag = null;
    delete this.#surface.overlay.dataset['drag'];
    const { scene } = this.#surface;
    if (scene === null || scene.drop === null) return;
    scene.drop = null;
    this.#surface.redrawOverlay();
  }

  #trackAt(event: MouseEvent): number {
    const hit = this.#hit(event);
    if (hit === null) return -1;
    if (hit.kind === 'span') return hit.place.trackId;
    return 'trackId' in hit ? hit.trackId : -1;
  }

  /** From where the drag began to here; on the tracks between them, or on all from the ruler. */
  #areaOf({ hit, x, y }: Drag, event: MouseEvent): Area | null {
    const { scene } = this.#surface;
    if (scene === null) return null;
    const { fromNs, toNs } = scene.view;
    const timeAt = (place: number): number =>
      fromNs + (place / Math.max(1, scene.size.width)) * (toNs - fromNs);
    const between = [timeAt(x), timeAt(event.offsetX), scene.extentNs] as const;
    if (hit.kind === 'ruler') return areaBetween(...between, null);
    const drawn = scene.tracks.map(({ id }) => id);
    const ends = [this.#surface.hitTest(x, y), this.#hit(event)].map((end) =>
      end === null ? -1 : drawn.indexOf(trackOf(end)),
    );
    const inside = ends.filter((end) => end >= 0);
    if (inside.length === 0) return areaBetween(...between, null);
    const tracks = drawn.slice(Math.min(...inside), Math.max(...inside) + 1);
    return areaBetween(...between, tracks);
  }

  #dragMinimap({ hit, lastX, x: startX }: Drag, event: MouseEvent): void {
    const { scene } = this.#surface;
    if (scene === null || hit.kind !== 'minimap') return;
    const nsOfPixel = scene.extentNs / Math.max(1, scene.size.width);
    const by = (event.offsetX - lastX) * nsOfPixel;
    const { view } = scene;
    if (hit.part === 'window') {
      this.#surface.setView(
        clampView(scene, { ...view, fromNs: view.fromNs + by, toNs: view.toNs + by }),
      );
      return;
    }
    const here = Math.min(scene.extentNs, Math.max(0, event.offsetX * nsOfPixel));
    const other =
      hit.part === 'from' ? view.toNs : hit.part === 'to' ? view.fromNs : startX * nsOfPixel;
    const from = Math.min(here, other);
    // A window without length could not be taken hold of again.
    const to = Math.max(here, other, from + nsOfPixel);
    this.#surface.setView(clampView(scene, { ...view, fromNs: from, toNs: to }));
  }

  #centreAt(timeNs: number): void {
    const { scene } = this.#surface;
    if (scene === null) return;
    const half = (scene.view.toNs - scene.view.fromNs) / 2;
    this.#surface.setView(
      clampView(scene, { ...scene.view, fromNs: timeNs - half, toNs: timeNs + half }),
    );
  }

  #hover(hit: Hit | null, clientX: number, clientY: number): void {
    const { overlay } = this.#surface;
    overlay.dataset['over'] =
      hit === null ? '' : hit.kind === 'minimap' ? `minimap-${hit.part}` : hit.kind;
    this.#listener.hovered(hit, clientX, clientY);
  }
}

function trackOf(hit: Hit): number {
  if (hit.kind === 'span') return hit.place.trackId;
  return 'trackId' in hit ? hit.trackId : -1;
}

function centre({ fromNs, toNs }: { fromNs: number; toNs: number }): number {
  return (fromNs + toNs) / 2;
}
