import type { PanelSettings } from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import type { Hit, SpanPlace, View } from '../../flame/model/scene.ts';
import { clampView, fitTo, revealSpan } from '../../flame/model/view.ts';
import { el } from '../../shared/dom.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';
import type { DiffLayout, DiffState } from '../model/diffState.ts';
import { ChartPane, type PaneListener } from './chartPane.ts';
import { DiffScene } from './diffScene.ts';
import { type PairDetails, type PairIds, placeOf } from './pairDetails.ts';
import type { PairMarks } from './pairLayer.ts';
import { type TrackPair, paneTracks, trackPairs } from './paneTracks.ts';
import { PieceLoader } from './pieceLoader.ts';
import { ownOf, sideOf } from './sideIds.ts';

/** What the diff says of a span under the pointer or the keyboard. */
export interface SpanMark {
  readonly side: Side;
  readonly ids: PairIds;
  readonly place: SpanPlace;
  readonly name: string;
  readonly selfDelta: number;
  readonly totalDelta: number;
}

/** What the chart tells of. */
export interface DiffChartListener {
  settings(): PanelSettings;
  viewChanged(view: View): void;
  /** What lies under the pointer: a span, something else of the chart, or nothing. */
  hovered(mark: SpanMark | null, hit: Hit | null, clientX: number, clientY: number): void;
  chosen(mark: SpanMark | null): void;
  collapsed(trackIds: readonly number[]): void;
  failed(error: unknown): void;
}

const LABELS: Readonly<Record<DiffLayout, readonly string[]>> = {
  pairs: ['Time-lines of A and B, one above the other'],
  ghost: ['Time-line of B with the outlines of A'],
  after: ['Time-line of B'],
  split: ['Time-line of A', 'Time-line of B'],
};

/** Both runs on one time axis, on one canvas or on two beside one another. */
export class DiffChart {
  readonly element = el('div', { class: 'diff-chart' });
  readonly scene: DiffScene;
  readonly #listener: DiffChartListener;
  readonly #pairs: readonly TrackPair[];
  readonly #loader: PieceLoader;
  readonly #collapsed: Set<number>;
  #panes: readonly ChartPane[] = [];
  #layout: DiffLayout = 'pairs';
  #chosen: PairDetails = { a: null, b: null };
  #idle: PairMarks['idle'] = [];
  #found: Uint32Array | null = null;
  #following = false;
  #ended = false;

  constructor(
    connection: RpcConnection,
    diff: DiffResult,
    state: DiffState,
    listener: DiffChartListener,
  ) {
    this.#listener = listener;
    this.#pairs = trackPairs(diff);
    const tracks = this.#pairs.flatMap(({ a, b }) => [a ?? [], b ?? []].flat());
    this.scene = new DiffScene(connection, diff, tracks, state.anchor);
    this.#collapsed = new Set(state.collapsed);
    this.#loader = new PieceLoader({
      connection,
      diff,
      store: this.scene.store,
      placing: { shifts: this.scene.shifts, tintBy: state.tintBy },
      onChange: () => {
        this.#redraw();
        this.#requestPieces();
      },
      onError: (error) => listener.failed(error),
    });
  }

  /** Begins to draw; the element must be in the page. */
  start({ layout, view }: DiffState): void {
    this.#show(layout, view ?? this.#whole());
    this.scene
      .load(() => {
        if (this.#ended) return;
        for (const pane of this.#panes) this.scene.fill(pane.scene);
        this.#redraw();
      })
      .catch((error: unknown) => {
        if (!this.#ended) this.#listener.failed(error);
      });
  }

  /** The pane that has or had the keyboard. */
  get pane(): ChartPane | undefined {
    return (
      this.#panes.find((pane) => pane.element.contains(document.activeElement)) ?? this.#panes[0]
    );
  }

  get layout(): DiffLayout {
    return this.#layout;
  }

  set layout(layout: DiffLayout) {
    this.#show(layout, this.#panes[0]?.scene.view ?? this.#whole());
  }

  /** Moves the runs against one another, so that what is seen of A stays where it is. */
  align(anchor: DiffState['anchor'], tintBy: DiffState['tintBy']): void {
    const before = this.scene.alignment.shiftA;
    this.scene.align(anchor);
    this.#loader.place({ shifts: this.scene.shifts, tintBy });
    const moved = this.scene.alignment.shiftA - before;
    for (const pane of this.#panes) {
      this.scene.fill(pane.scene);
      const { view } = pane.scene;
      const moving = { ...view, fromNs: view.fromNs + moved, toNs: view.toNs + moved };
      pane.scene.view = clampView(pane.scene, moving);
    }
    this.#markPanes();
    this.#redraw();
  }

  /** Colours the spans by another of their changes. */
  tint(tintBy: DiffState['tintBy']): void {
    this.#loader.place({ shifts: this.scene.shifts, tintBy });
    this.#redraw();
  }

  /** Lets spans stand out, with common numbers; null lets none. */
  set found(found: Uint32Array | null) {
    this.#found = found;
    for (const pane of this.#panes) pane.scene.found = found;
    this.#redraw();
  }

  get found(): Uint32Array | null {
    return this.#found;
  }

  /** Marks stretches of either run's own time in which no span ran. */
  markIdle(side: Side, stretches: readonly { fromNs: number; toNs: number }[]): void {
    const shift = this.scene.shifts[side].timeNs;
    this.#idle = [
      ...this.#idle.filter((each) => each.side !== side),
      ...stretches.map(({ fromNs, toNs }) => ({
        side,
        fromNs: fromNs + shift,
        toNs: toNs + shift,
      })),
    ];
    this.#markPanes();
  }

  /** Whether times in which no span ran are marked. */
  get hasIdle(): boolean {
    return this.#idle.length > 0;
  }

  /** Draws a pair as chosen, and moves so far that the span of `reveal` can be seen. */
  choose(details: PairDetails, reveal: Side | null): void {
    this.#chosen = details;
    this.#markPanes();
    const chosen = reveal === null ? null : details[reveal];
    if (reveal === null || chosen === null) return;
    const place = placeOf(reveal, chosen, this.scene.alignment);
    const pane = this.#paneOf(place.trackId) ?? this.#panes[0];
    if (pane === undefined) return;
    this.#uncover(place.trackId);
    pane.surface.setView(revealSpan(pane.scene, place));
  }

  /** Shows a stretch of the common axis. */
  fit(fromNs: number, toNs: number): void {
    const [pane] = this.#panes;
    pane?.surface.setView(fitTo(pane.scene, fromNs, toNs));
  }

  /** What the diff says of a span that is drawn. */
  markOf(place: SpanPlace): SpanMark | null {
    const side = sideOf(place.trackId);
    const said = this.#loader.markOf(place.trackId, place.piece, place.index);
    if (said === null) return null;
    const own = ownOf(place.span);
    const ids = side === 'a' ? { a: own, b: said.partner } : { a: said.partner, b: own };
    const name = this.#panes[0]?.scene.names.nameOf(place.nameId) ?? '';
    return { side, ids, place, name, selfDelta: said.selfDelta, totalDelta: said.totalDelta };
  }

  /** Collapses a track, or opens it again. */
  toggle(trackId: number): void {
    if (!this.#collapsed.delete(trackId)) this.#collapsed.add(trackId);
    for (const { scene } of this.#panes) {
      scene.collapsed.clear();
      for (const id of this.#collapsed) scene.collapsed.add(id);
      scene.view = clampView(scene, scene.view);
    }
    this.#listener.collapsed([...this.#collapsed]);
    this.#redraw();
    this.#requestPieces();
  }

  themeChanged(): void {
    for (const pane of this.#panes) pane.themeChanged();
  }

  /** What is drawn now, as a picture. */
  picture(): HTMLCanvasElement {
    const parts = this.#panes.map((pane) => pane.picture());
    const picture = el('canvas');
    picture.width = parts.reduce((sum, { width }) => sum + width, 0);
    picture.height = parts.reduce((most, { height }) => Math.max(most, height), 0);
    const context = picture.getContext('2d');
    let x = 0;
    for (const part of parts) {
      context?.drawImage(part, x, 0);
      x += part.width;
    }
    return picture;
  }

  /** Draws nothing any more, and forgets answers that are still to come. */
  end(): void {
    this.#ended = true;
    this.#loader.stop();
    for (const pane of this.#panes) pane.dispose();
    this.#panes = [];
    this.element.remove();
  }

  #whole(): View {
    return { fromNs: 0, toNs: Math.max(1, this.scene.alignment.extentNs), scrollTop: 0 };
  }

  #show(layout: DiffLayout, view: View): void {
    const focused = this.element.contains(document.activeElement);
    for (const pane of this.#panes) pane.dispose();
    this.#layout = layout;
    this.element.dataset['layout'] = layout;
    const listener = this.#paneListener();
    this.#panes = paneTracks(this.#pairs, layout).map((tracks, i) => {
      const scene = this.scene.sceneOf(tracks);
      scene.view = view;
      scene.found = this.#found;
      scene.showHeaders = true;
      for (const id of this.#collapsed) scene.collapsed.add(id);
      return new ChartPane(LABELS[layout][i] ?? '', scene, listener);
    });
    this.element.replaceChildren(...this.#panes.map(({ element }) => element));
    this.#markPanes();
    for (const pane of this.#panes) pane.start();
    if (focused) this.#panes[0]?.surface.overlay.focus();
    this.#requestPieces();
  }

  #paneListener(): PaneListener {
    return {
      settings: () => this.#listener.settings(),
      viewChanged: (pane) => this.#viewChanged(pane),
      hovered: (pane, hit, x, y) => this.#hovered(pane, hit, x, y),
      clicked: (_pane, hit) => this.#clicked(hit),
      doubleClicked: (pane, hit) => {
        if (hit.kind !== 'span') return;
        const { startNs, durationNs } = hit.place;
        pane.surface.setView(fitTo(pane.scene, startNs, startNs + durationNs));
      },
    };
  }

  #viewChanged(pane: ChartPane): void {
    if (this.#following) return;
    this.#following = true;
    for (const other of this.#panes) if (other !== pane) other.follow(pane.scene.view);
    this.#following = false;
    this.#requestPieces();
    this.#listener.viewChanged(pane.scene.view);
  }

  #hovered(pane: ChartPane, hit: Hit | null, clientX: number, clientY: number): void {
    pane.scene.hover = hit;
    const timeNs = hit !== null && 'timeNs' in hit && hit.kind !== 'minimap' ? hit.timeNs : null;
    for (const each of this.#panes) {
      each.scene.crosshairNs = timeNs;
      each.surface.redrawOverlay();
    }
    const place = hit?.kind === 'span' ? hit.place : hit?.kind === 'aggregate' ? hit.longest : null;
    const mark = place && this.markOf(place);
    this.#listener.hovered(mark, hit, clientX, clientY);
  }

  #clicked(hit: Hit): void {
    if (hit.kind === 'header') {
      if (hit.part === 'pin') this.#pin(hit.trackId);
      else this.toggle(hit.trackId);
      return;
    }
    const place = hit.kind === 'span' ? hit.place : hit.kind === 'aggregate' ? hit.longest : null;
    this.#listener.chosen(place && this.markOf(place));
  }

  /** Keeps a track at the top, or lets it go. */
  #pin(trackId: number): void {
    for (const { scene } of this.#panes) {
      if (!scene.pinned.delete(trackId)) scene.pinned.add(trackId);
      scene.view = clampView(scene, scene.view);
    }
    this.#redraw();
    this.#requestPieces();
  }

  #markPanes(): void {
    const ghostOf = new Map<number, number>();
    if (this.#layout === 'ghost') {
      for (const { a, b } of this.#pairs) if (a && b) ghostOf.set(b.id, a.id);
    }
    const { alignment } = this.scene;
    const { a, b } = this.#chosen;
    const places = [a && placeOf('a', a, alignment), b && placeOf('b', b, alignment)].filter(
      (place) => place !== null,
    );
    for (const pane of this.#panes) {
      const ids = new Set(pane.scene.tracks.map(({ id }) => id));
      const here = places.filter(({ trackId }) => ids.has(trackId));
      pane.marks = { ghostOf, pair: here, idle: this.#idle };
    }
  }

  /** Opens a track that is collapsed. */
  #uncover(trackId: number): void {
    if (this.#collapsed.has(trackId)) this.toggle(trackId);
  }

  #paneOf(trackId: number): ChartPane | undefined {
    return this.#panes.find(({ scene }) => scene.tracks.some(({ id }) => id === trackId));
  }

  #requestPieces(): void {
    const visible = this.#panes.flatMap((pane) => pane.visibleRows());
    this.#loader.request(this.scene.store.neededPieces(visible));
  }

  #redraw(): void {
    for (const pane of this.#panes) pane.redraw();
  }
}
