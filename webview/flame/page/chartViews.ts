import type { ChartHeader, NameTotal } from '../../../src/protocol/chart.ts';
import { ChartSandwich } from '../../../src/protocol/chartMessages.ts';
import type { Scene } from '../model/scene.ts';
import { clampView } from '../model/view.ts';
import { visibleRows } from '../model/visibleRows.ts';
import type { ChartSession } from './chartSession.ts';
import type { ChartSurface } from './chartSurface.ts';
import { NameLoader } from './nameLoader.ts';
import { afterGrowth } from './pageState.ts';
import type { PageStore } from './pageStore.ts';
import { arrangeScene, sandwichScene, sceneOf, viewportOf } from './sceneOf.ts';
import { SceneLoader, type PieceView } from './sceneLoader.ts';

/** What the views tell. */
export interface ViewsListener {
  /** Another scene is drawn. */
  shown(scene: Scene): void;
  /** More of the scene has come. */
  grown(scene: Scene): void;
  sandwich(total: NameTotal): void;
  failed(error: unknown): void;
}

/**
 * The scenes of the views of one chart. A scene of a new revision takes the place of the one that is drawn only when it has
 * everything that is in sight, so that a live chart never flickers.
 */
export class ChartViews {
  readonly #session: ChartSession;
  readonly #surface: ChartSurface;
  readonly #store: PageStore;
  readonly #listener: ViewsListener;
  readonly #loaders = new Map<PieceView, SceneLoader>();
  #next: SceneLoader | null = null;
  /** The loader of the scene that is drawn; none for a sandwich. */
  #drawn: SceneLoader | null = null;
  #names: NameLoader;
  #header: ChartHeader | null = null;
  #sandwiches = 0;

  constructor(
    session: ChartSession,
    surface: ChartSurface,
    store: PageStore,
    listener: ViewsListener,
  ) {
    this.#session = session;
    this.#surface = surface;
    this.#store = store;
    this.#listener = listener;
    this.#names = new NameLoader(session, () => undefined);
  }

  /** Takes the first or a newer header and loads what is in sight of it. */
  async take(header: ChartHeader): Promise<void> {
    const before = this.#header;
    this.#header = header;
    this.#names = new NameLoader(this.#session, () => {
      const { scene } = this.#surface;
      if (scene !== null) this.#grown(scene);
    });
    const names = this.#names.load().catch((error: unknown) => this.#listener.failed(error));
    const { view } = this.#store.state;
    // What is drawn, of whatever revision: the one before may not have come into its place yet.
    const drawn = this.#drawn?.view === view ? this.#drawn.scene : null;
    for (const loader of this.#loaders.values()) loader.end();
    this.#next?.end();
    this.#loaders.clear();
    if (before !== null) this.#follow(before, header);
    if (view === 'sandwich') await this.#showSandwichOf(this.#store.state.sandwich);
    else if (drawn === null || before === null) this.#begin(view);
    else await this.#replace(drawn, view);
    await names;
  }

  /** Shows another view, or the same again. */
  show(): void {
    const { view, sandwich } = this.#store.state;
    if (view === 'sandwich') void this.#showSandwichOf(sandwich);
    else this.#begin(view);
  }

  /** Loads what the visible part of the scene lacks. */
  want(): void {
    const { view } = this.#store.state;
    if (view !== 'sandwich') this.#loaders.get(view)?.want(this.#surface.visibleTracks());
  }

  end(): void {
    for (const loader of this.#loaders.values()) loader.end();
    this.#next?.end();
    this.#sandwiches += 1;
  }

  #begin(view: PieceView): void {
    if (this.#header === null) return;
    let loader = this.#loaders.get(view);
    if (loader === undefined) {
      loader = this.#load(this.#header, view);
      this.#loaders.set(view, loader);
    }
    this.#draw(loader);
  }

  #draw(loader: SceneLoader): void {
    this.#drawn = loader;
    this.#surface.show(loader.scene);
    this.#listener.shown(loader.scene);
    this.want();
  }

  #load(header: ChartHeader, view: PieceView): SceneLoader {
    const scene = sceneOf(header, view, this.#store.state);
    this.#names.fill(scene.names);
    const loader: SceneLoader = new SceneLoader({
      view,
      scene,
      session: this.#session,
      header,
      changed: () => this.#grown(loader.scene, loader.busy),
      failed: (error) => this.#listener.failed(error),
    });
    void loader.start();
    return loader;
  }

  /** Loads a new scene beside the one that is drawn, and then draws that. */
  async #replace(drawn: Scene, view: PieceView): Promise<void> {
    if (this.#header === null) return;
    const header = this.#header;
    const loader = this.#load(header, view);
    this.#next = loader;
    loader.scene.size = drawn.size;
    const viewThen = drawn.view;
    await loader.complete(() => visibleRows(loader.scene));
    if (this.#next !== loader || this.#header !== header) return;
    this.#next = null;
    this.#loaders.set(view, loader);
    // The person may have gone to another view, or moved, while it was loading.
    if (this.#store.state.view !== view) return;
    if (drawn.view !== viewThen) loader.scene.view = clampView(loader.scene, drawn.view);
    arrangeScene(loader.scene, this.#store.state);
    this.#draw(loader);
  }

  #grown(scene: Scene, busy?: boolean): void {
    if (this.#surface.scene !== scene) return;
    if (busy !== undefined) this.#surface.setBusy(busy);
    this.#surface.redraw();
    this.#listener.grown(scene);
  }

  /** Viewports of the time axis go with a run that has grown. */
  #follow(before: ChartHeader, header: ChartHeader): void {
    const { viewports } = this.#store.state;
    if (viewports.time === null) return;
    const time = afterGrowth(viewports.time, before.extent, header.extent);
    this.#store.update({ viewports: { ...viewports, time } });
  }

  async #showSandwichOf(nameId: number | null): Promise<void> {
    if (nameId === null || this.#header === null) return;
    const asked = ++this.#sandwiches;
    try {
      const { total, callers, callees } = await this.#session.ask(ChartSandwich, { nameId });
      if (asked !== this.#sandwiches || this.#store.state.view !== 'sandwich') return;
      const scene = sandwichScene(total, callers, callees, this.#header.run.weightsUnit);
      this.#names.fill(scene.names);
      this.#drawn = null;
      this.#surface.show(scene);
      this.#listener.shown(scene);
      this.#listener.sandwich(total);
    } catch (error) {
      this.#listener.failed(error);
    }
  }

  /** Keeps where the person is in the view that is drawn. */
  keepViewport(): void {
    const { scene } = this.#surface;
    const { view, viewports } = this.#store.state;
    if (scene === null || view === 'sandwich') return;
    const whole = scene.view.fromNs <= 0 && scene.view.toNs >= scene.extentNs;
    const viewport = whole && scene.view.scrollTop === 0 ? null : viewportOf(scene.view);
    this.#store.update({ viewports: { ...viewports, [view]: viewport } });
  }
}
