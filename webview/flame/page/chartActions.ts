import type { Announcer } from '../../shared/announcer.ts';
import { layoutScene, rowTopInContent, SIZES } from '../model/layout.ts';
import { neighbour, nearestSpan, tracksInOrder, type Direction } from '../model/neighbours.ts';
import type { Scene, SpanPlace } from '../model/scene.ts';
import { clampView, fitAll, fitTo, panBy, zoomAround } from '../model/view.ts';
import { spread, stretched, type Area } from './areaSelect.ts';
import type { ChartSurface } from './chartSurface.ts';
import type { PageStore } from './pageStore.ts';
import { arrangeScene } from './sceneOf.ts';
import type { Selection } from './selection.ts';
import { moved, movedTo, toggled, type TrackArrangement } from './trackOrder.ts';

const ZOOM_STEP = 0.7;
const PAN_SHARE = 0.15;
const SCROLL_PIXELS = 60;
const HEADER_PIXELS = SIZES.header;

/** What moving about in the chart works with. */
export interface ActionParts {
  readonly surface: ChartSurface;
  readonly store: PageStore;
  readonly selection: Selection;
  readonly announcer: Announcer;
  /** An area was selected, changed, or (null) given up. */
  readonly area: (area: Area | null) => void;
}

/** What keys and mouse do to the scene that is drawn: moving, choosing, areas, tracks. */
export class ChartActions {
  readonly #parts: ActionParts;

  constructor(parts: ActionParts) {
    this.#parts = parts;
  }

  /** Around the chosen span where that is in sight, else around the middle. */
  zoom(direction: 'in' | 'out'): void {
    this.#withScene((scene) => {
      const { fromNs, toNs } = scene.view;
      const { selected } = scene;
      const middle = selected === null ? null : selected.startNs + selected.durationNs / 2;
      const around =
        middle !== null && middle >= fromNs && middle <= toNs ? middle : (fromNs + toNs) / 2;
      const factor = direction === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP;
      this.#parts.surface.setView(zoomAround(scene, around, factor));
    });
  }

  /** By shares of what is visible: to the right, and down. */
  pan(right: number, down: number): void {
    this.#withScene((scene) => {
      const { width } = scene.size;
      this.#parts.surface.setView(panBy(scene, right * width * PAN_SHARE, down * SCROLL_PIXELS));
    });
  }

  page(down: 1 | -1): void {
    this.#withScene((scene) => {
      this.#parts.surface.setView(panBy(scene, 0, down * scene.size.height * 0.7));
    });
  }

  /** An arrow walks from the chosen span to another one; without one it moves the view. */
  arrow(direction: 'next' | 'previous' | 'parent' | 'child'): void {
    if (this.#parts.selection.place !== null) this.walk(direction);
    else if (direction === 'next') this.pan(1, 0);
    else if (direction === 'previous') this.pan(-1, 0);
    else this.pan(0, direction === 'child' ? 1 : -1);
  }

  /** From the chosen span to another; without one to the first that is in sight. */
  walk(direction: Direction): void {
    this.#withScene((scene) => {
      const { selection, announcer } = this.#parts;
      const from = selection.place;
      // Upwards-drawn callers have their own callers above them.
      const upwards = scene.tracks.find(({ id }) => id === from?.trackId)?.upwards === true;
      const turned: Direction =
        upwards && direction === 'parent'
          ? 'child'
          : upwards && direction === 'child'
            ? 'parent'
            : direction;
      const to = from === null ? this.#first(scene) : reached(scene, from, turned);
      if (to === null) announcer.say('Nothing further this way.');
      else selection.choose(to, 'into-sight');
    });
  }

  #first(scene: Scene): SpanPlace | null {
    for (const { trackId } of this.#parts.surface.visibleTracks()) {
      const span = nearestSpan(scene, trackId, scene.view.fromNs);
      if (span !== null) return span;
    }
    return null;
  }

  fitAll(): void {
    this.#withScene((scene) => this.#parts.surface.setView(fitAll(scene)));
  }

  /** Centres the chosen span, or else the area; fits it where it is centred already. */
  focusSelection(): void {
    this.#withScene((scene) => {
      const { area, selected } = scene;
      const from = selected?.startNs ?? area?.fromNs;
      const to = selected === null ? area?.toNs : selected.startNs + selected.durationNs;
      if (from === undefined || to === undefined) return;
      const { view } = scene;
      const half = (view.toNs - view.fromNs) / 2;
      const middle = (from + to) / 2;
      const centred = clampView(scene, { ...view, fromNs: middle - half, toNs: middle + half });
      const isCentred = Math.abs(centred.fromNs - view.fromNs) < half / 500;
      this.#parts.surface.setView(isCentred ? fitTo(scene, from, to) : centred);
    });
  }

  fitArea(): void {
    this.#withScene((scene) => {
      const { area } = scene;
      if (area !== null) this.#parts.surface.setView(fitTo(scene, area.fromNs, area.toNs));
    });
  }

  fitSpan(startNs: number, durationNs: number): void {
    this.#withScene((scene) => {
      this.#parts.surface.setView(fitTo(scene, startNs, startNs + durationNs));
    });
  }

  /** The time of the chosen span, or what is visible. */
  markArea(): void {
    this.#withScene((scene) => {
      const { selected, view } = scene;
      this.#parts.area(
        selected === null
          ? { from: view.fromNs, to: view.toNs, tracks: null }
          : {
              from: selected.startNs,
              to: selected.startNs + selected.durationNs,
              tracks: [selected.trackId],
            },
      );
    });
  }

  stretchArea(by: 1 | -1): void {
    this.#withScene((scene) => {
      const { area } = this.#parts.store.state;
      if (area === null) this.markArea();
      else {
        const visible = scene.view.toNs - scene.view.fromNs;
        this.#parts.area(stretched(area, by, visible, scene.extentNs));
      }
    });
  }

  spreadArea(by: 1 | -1): void {
    this.#withScene((scene) => {
      const { area } = this.#parts.store.state;
      const drawn = tracksInOrder(scene).map(({ id }) => id);
      if (area === null) this.markArea();
      else this.#parts.area(spread(area, by, drawn));
    });
  }

  /** Moves the focus to the header of another track. */
  stepTrack(by: 1 | -1): void {
    this.#withScene((scene) => {
      const tracks = tracksInOrder(scene);
      const at = tracks.findIndex(({ id }) => id === this.#track(scene));
      const next = tracks[Math.max(0, Math.min(tracks.length - 1, at + by))];
      if (next === undefined || !scene.showHeaders) return;
      scene.focus = { kind: 'header', trackId: next.id };
      this.#revealTrack(scene, next.id);
      const { collapsed, pinned } = this.#parts.store.state.arrangement;
      const states = [
        collapsed.includes(next.id) ? 'collapsed' : '',
        pinned.includes(next.id) ? 'pinned' : '',
      ].filter((text) => text !== '');
      this.#parts.announcer.say(
        [`Track ${next.name}`, `${next.spans} spans`, ...states].join(', '),
      );
    });
  }

  toggleCollapsed(trackId?: number): void {
    this.#arrange(trackId, (arrangement, id) => ({
      ...arrangement,
      collapsed: toggled(arrangement.collapsed, id),
    }));
  }

  togglePinned(trackId?: number): void {
    this.#arrange(trackId, (arrangement, id) => ({
      ...arrangement,
      pinned: toggled(arrangement.pinned, id),
    }));
  }

  moveTrack(by: 1 | -1): void {
    this.#arrange(undefined, (arrangement, id, drawn) => moved(arrangement, drawn, id, by));
  }

  dropTrack(trackId: number, onto: number): void {
    this.#arrange(trackId, (arrangement, id, drawn) => movedTo(arrangement, drawn, id, onto));
  }

  #arrange(
    trackId: number | undefined,
    change: (arrangement: TrackArrangement, id: number, drawn: number[]) => TrackArrangement,
  ): void {
    this.#withScene((scene) => {
      const id = trackId ?? this.#track(scene);
      const { store, surface } = this.#parts;
      if (id === null || store.state.view !== 'time') return;
      const drawn = scene.tracks.map((track) => track.id);
      const { order, collapsed, pinned } = change(store.state.arrangement, id, drawn);
      const arrangement = { order: [...order], collapsed: [...collapsed], pinned: [...pinned] };
      store.update({ arrangement });
      arrangeScene(scene, store.state);
      surface.setView(clampView(scene, scene.view));
    });
  }

  /** The track that keys mean: that of the focus, or of the pointer, or the first. */
  #track(scene: Scene): number | null {
    const { focus, hover } = scene;
    if (focus?.kind === 'header') return focus.trackId;
    if (focus?.kind === 'span') return focus.place.trackId;
    if (hover !== null && 'trackId' in hover && hover.trackId >= 0) return hover.trackId;
    if (hover?.kind === 'span') return hover.place.trackId;
    return null;
  }

  #revealTrack(scene: Scene, trackId: number): void {
    const { surface } = this.#parts;
    const top = rowTopInContent(scene, trackId, 0);
    const { scrolledTop } = layoutScene(scene);
    const room = scene.size.height - scrolledTop;
    const { scrollTop } = scene.view;
    if (top === null || (top - HEADER_PIXELS >= scrollTop && top < scrollTop + room)) {
      surface.redrawOverlay();
      return;
    }
    surface.setView(clampView(scene, { ...scene.view, scrollTop: top - room / 3 }));
  }

  #withScene(run: (scene: Scene) => void): void {
    const { scene } = this.#parts.surface;
    if (scene !== null) run(scene);
  }
}

/** From the last row of a track on to the next track, and from its first row back to the one before. */
function reached(scene: Scene, from: SpanPlace, direction: Direction): SpanPlace | null {
  const to = neighbour(scene, from, direction);
  if (to !== null || direction === 'next' || direction === 'previous') return to;
  return neighbour(scene, from, direction === 'child' ? 'nextTrack' : 'previousTrack');
}
