import {
  decodeCounter,
  decodeInstants,
  decodeLinks,
  decodeOverview,
  decodePiece,
} from '../../../src/profiler/chart/chartColumns.ts';
import type { ChartHeader } from '../../../src/protocol/chart.ts';
import {
  ChartCounterPoints,
  ChartInstants,
  ChartLinks,
  ChartOverview,
  ChartPiece,
} from '../../../src/protocol/chartMessages.ts';
import type { PieceKey, Scene, VisibleRows } from '../model/scene.ts';
import type { ChartSession } from './chartSession.ts';

const OVERVIEW_BUCKETS = 2048;
const COUNTER_POINTS = 4000;
const MOST_INSTANTS = 100_000;
const MOST_LINKS = 20_000;
/** So that the worker always has a next one, and a view that moved on does not wait for many that it left. */
const PIECES_AT_ONCE = 3;

/** A view whose spans come piece by piece. */
export type PieceView = 'time' | 'left-heavy';

/** Fills a scene from the worker: bands and the pieces in sight first, then what lies beside them. Names come by themselves. */
export class SceneLoader {
  readonly view: PieceView;
  readonly scene: Scene;
  readonly #session: ChartSession;
  readonly #header: ChartHeader;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #loading = new Map<string, Promise<void>>();
  #started: Promise<void> | undefined;
  #wanted: PieceKey[] = [];
  #besideLoaded = false;
  #ended = false;

  /** @param changed called whenever there is more to draw. */
  constructor(parts: {
    readonly view: PieceView;
    readonly scene: Scene;
    readonly session: ChartSession;
    readonly header: ChartHeader;
    readonly changed: () => void;
    readonly failed: (error: unknown) => void;
  }) {
    this.view = parts.view;
    this.scene = parts.scene;
    this.#session = parts.session;
    this.#header = parts.header;
    this.#changed = parts.changed;
    this.#failed = parts.failed;
  }

  /** Nothing that comes from now on is drawn. */
  end(): void {
    this.#ended = true;
  }

  /** Loads everything but the pieces. */
  start(): Promise<void> {
    this.#started ??= this.#loadOverview()
      .then(() => (this.view === 'time' ? this.#loadBeside() : undefined))
      .then(() => {
        this.#besideLoaded = true;
        this.#tell(this.#changed);
      });
    return this.#started;
  }

  /** Whether something that is in sight has not come yet. */
  get busy(): boolean {
    return !this.#besideLoaded || this.#loading.size > 0 || this.#wanted.length > 0;
  }

  /** Waits until everything is there, and all pieces that are visible then. */
  async complete(visible: () => readonly VisibleRows[]): Promise<void> {
    await this.start();
    this.want(visible());
    while (!this.#ended && this.#loading.size > 0) await Promise.race(this.#loading.values());
  }

  /** Asks for the pieces that are in sight, in their order; those that were wanted before are forgotten. */
  want(visible: readonly VisibleRows[]): void {
    this.#wanted = this.scene.store
      .neededPieces(visible)
      .filter(({ trackId, piece }) => !this.#loading.has(`${trackId}/${piece}`));
    this.#next();
  }

  #next(): void {
    while (!this.#ended && this.#loading.size < PIECES_AT_ONCE) {
      const next = this.#wanted.shift();
      if (next === undefined) return;
      const key = `${next.trackId}/${next.piece}`;
      this.#loading.set(
        key,
        this.#loadPiece(next).then((loaded) => {
          this.#loading.delete(key);
          if (loaded) this.#next();
          else this.#wanted = [];
          if (!this.busy) this.#tell(this.#changed);
        }),
      );
    }
  }

  #loadPiece({ trackId, piece }: PieceKey): Promise<boolean> {
    return this.#guarded(async () => {
      const asked = { view: this.view, track: trackId, piece };
      const { bytes } = await this.#session.ask(ChartPiece, asked);
      this.scene.store.addPiece(trackId, piece, decodePiece(bytes));
    });
  }

  #loadOverview(): Promise<boolean> {
    return this.#guarded(async () => {
      const { bytes } = await this.#session.ask(ChartOverview, {
        view: this.view,
        buckets: OVERVIEW_BUCKETS,
      });
      const tracks = this.view === 'time' ? this.#header.tracks : [this.#header.leftHeavy];
      this.scene.overview = {
        buckets: OVERVIEW_BUCKETS,
        trackIds: tracks.map(({ id }) => id),
        columns: decodeOverview(bytes),
      };
    });
  }

  async #loadBeside(): Promise<void> {
    const { counters, instants, links } = this.#header;
    if (instants > 0) {
      await this.#guarded(async () => {
        const { bytes } = await this.#session.ask(ChartInstants, { limit: MOST_INSTANTS });
        this.scene.instants = decodeInstants(bytes);
      });
    }
    for (const [place, { index }] of counters.entries()) {
      await this.#guarded(async () => {
        const asked = { counter: index, points: COUNTER_POINTS };
        const { bytes } = await this.#session.ask(ChartCounterPoints, asked);
        const points = decodeCounter(bytes);
        this.scene.counters = this.scene.counters.map((each, i) =>
          i === place ? { ...each, points } : each,
        );
      });
    }
    if (links > 0) {
      await this.#guarded(async () => {
        const { bytes } = await this.#session.ask(ChartLinks, { limit: MOST_LINKS });
        this.scene.links = decodeLinks(bytes);
      });
    }
  }

  async #guarded(load: () => Promise<void>): Promise<boolean> {
    if (this.#ended) return false;
    try {
      await load();
      this.#tell(this.#changed);
      return true;
    } catch (error) {
      this.#tell(() => this.#failed(error));
      return false;
    }
  }

  #tell(what: () => void): void {
    if (!this.#ended) what();
  }
}
