import { decodeCounter, decodeOverview } from '../../../src/profiler/chart/chartColumns.ts';
import {
  ChartCounterPoints,
  ChartNames,
  ChartOverview,
} from '../../../src/protocol/chartMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { createScene } from '../../flame/model/createScene.ts';
import { NameTable } from '../../flame/model/nameTable.ts';
import type { Scene, SceneTrack } from '../../flame/model/scene.ts';
import { SpanStore } from '../../flame/model/spanStore.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';
import { type SideOverview, commonOverview } from './commonOverview.ts';
import { type SideShift, common } from './sideIds.ts';
import { type Anchor, type TimeAlignment, alignTimes } from './timeAlignment.ts';

const OVERVIEW_BUCKETS = 1024;
const COUNTER_POINTS = 2000;
const SIDES = ['a', 'b'] as const;

/** What both runs have in common on the page: spans, names, bands and curves, on one axis. */
export class DiffScene {
  readonly store: SpanStore;
  readonly diff: DiffResult;
  /** Null where the runs have time; else what their weights are counted in. */
  readonly weightsUnit: string | null;
  readonly #connection: RpcConnection;
  readonly #names = new NameTable();
  readonly #overviews = new Map<Side, Omit<SideOverview, 'shift'>>();
  readonly #counters: { side: Side; at: Scene['counters'][number] }[] = [];
  #alignment: TimeAlignment;

  /** @param tracks all tracks of either run, with common numbers */
  constructor(
    connection: RpcConnection,
    diff: DiffResult,
    tracks: readonly SceneTrack[],
    anchor: Anchor | null,
  ) {
    this.#connection = connection;
    this.diff = diff;
    this.weightsUnit = diff.a.run.weightsUnit;
    this.store = new SpanStore(tracks);
    this.#alignment = this.#aligned(anchor);
  }

  get alignment(): TimeAlignment {
    return this.#alignment;
  }

  /** What the starts and names of either side are moved by. */
  get shifts(): Readonly<Record<Side, SideShift>> {
    const { shiftA, shiftB } = this.#alignment;
    return {
      a: { timeNs: shiftA, names: 0 },
      b: { timeNs: shiftB, names: this.diff.a.names },
    };
  }

  /** Moves the runs against one another; null lets them begin together. */
  align(anchor: Anchor | null): void {
    this.#alignment = this.#aligned(anchor);
  }

  /** A scene of some of the tracks. */
  sceneOf(tracks: readonly SceneTrack[]): Scene {
    const scene = {
      ...createScene(tracks, this.#alignment.extentNs, this.store),
      names: this.#names,
      weightsUnit: this.weightsUnit,
    };
    this.fill(scene);
    return scene;
  }

  /** Puts what has come and where it lies now into a scene. */
  fill(scene: Scene): void {
    const { extentNs } = this.#alignment;
    const { shifts } = this;
    scene.extentNs = extentNs;
    const sides = Array.from(this.#overviews.values(), (overview) => ({
      ...overview,
      shift: shifts[overview.side],
    }));
    if (sides.length > 0) scene.overview = commonOverview(sides, OVERVIEW_BUCKETS, extentNs);
    const drawn = new Set(scene.tracks.map(({ id }) => id));
    scene.counters = this.#counters
      .filter(({ at }) => drawn.has(at.counter.trackId))
      .map(({ side, at: { counter, points } }) => ({
        counter,
        points: points && { ...points, time: points.time.map((ns) => ns + shifts[side].timeNs) },
      }));
  }

  /** Asks for names, bands and curves. @param onChange called when more of them have come */
  async load(onChange: () => void): Promise<void> {
    await Promise.all(
      SIDES.flatMap((side) => [
        this.#loadNames(side, onChange),
        this.#loadOverview(side, onChange),
        this.#loadCounters(side, onChange),
      ]),
    );
  }

  #aligned(anchor: Anchor | null): TimeAlignment {
    const { a, b, startA, startB } = this.diff;
    if (this.weightsUnit !== null) {
      return { shiftA: 0, shiftB: 0, extentNs: Math.max(a.leftHeavyExtent, b.leftHeavyExtent) };
    }
    return alignTimes(
      { startNs: startA, endNs: a.extent },
      { startNs: startB, endNs: b.extent },
      anchor ?? { aNs: startA, bNs: startB },
    );
  }

  async #loadNames(side: Side, onChange: () => void): Promise<void> {
    const first = this.shifts[side].names;
    for (let from: number | null = 0; from !== null;) {
      const page: { names: string[]; next: number | null } = await this.#connection.request(
        ChartNames,
        { chart: this.diff[side].chart, from },
      );
      // Names of A that came after the runs were compared would stand in the place of those of B.
      const room = side === 'a' ? this.diff.a.names - from : Infinity;
      this.#names.add(first + from, page.names.slice(0, Math.max(0, room)));
      from = page.next;
      onChange();
    }
  }

  async #loadOverview(side: Side, onChange: () => void): Promise<void> {
    const header = this.diff[side];
    const merged = this.weightsUnit !== null;
    const { bytes } = await this.#connection.request(ChartOverview, {
      chart: header.chart,
      view: merged ? 'left-heavy' : 'time',
      buckets: OVERVIEW_BUCKETS,
    });
    this.#overviews.set(side, {
      side,
      columns: decodeOverview(bytes),
      buckets: OVERVIEW_BUCKETS,
      trackIds: (merged ? [header.leftHeavy] : header.tracks).map(({ id }) => id),
      extentNs: merged ? header.leftHeavyExtent : header.extent,
    });
    onChange();
  }

  async #loadCounters(side: Side, onChange: () => void): Promise<void> {
    const header = this.diff[side];
    if (this.weightsUnit !== null) return;
    for (const counter of header.counters) {
      const { bytes } = await this.#connection.request(ChartCounterPoints, {
        chart: header.chart,
        counter: counter.index,
        points: COUNTER_POINTS,
      });
      const at = {
        counter: { ...counter, trackId: common(side, counter.trackId) },
        points: decodeCounter(bytes),
      };
      this.#counters.push({ side, at });
      this.#counters.sort((x, y) => x.at.counter.index - y.at.counter.index);
      onChange();
    }
  }
}
