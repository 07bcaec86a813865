import type { z } from 'zod';
import { decodeSpans } from '../../src/profiler/chart/chartColumns.ts';
import { OpenSource, type PanelSettings } from '../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../src/protocol/rpc.ts';
import { DiffPartner, DiffSpans, type PairChangeView } from '../../src/protocol/runMessages.ts';
import { SIZES } from '../flame/model/layout.ts';
import { type Direction, nearestSpan, neighbour } from '../flame/model/neighbours.ts';
import type { SpanPlace } from '../flame/model/scene.ts';
import { fitAll, panBy, zoomAround } from '../flame/model/view.ts';
import { countOf } from '../shared/amounts.ts';
import type { Announcer } from '../shared/announcer.ts';
import { DiffChart } from './chart/diffChart.ts';
import { type PairDetails, type PairIds, loadPair, pairOf, placeOf } from './chart/pairDetails.ts';
import { commonSpans, ownOf, sideOf } from './chart/sideIds.ts';
import type { DiffResult, Side } from './model/diffResult.ts';
import type { DiffStore } from './model/diffStore.ts';
import { pairSentence } from './model/pairRows.ts';
import type { WaterfallRow } from './model/waterfallRows.ts';
import { PairPane } from './view/pairPane.ts';
import { PairTooltip } from './view/pairTooltip.ts';

const ZOOM_STEP = 0.7;
const PAN_SHARE = 0.15;
const NOTHING: PairDetails = { a: null, b: null };

type AskedSpans = z.input<typeof DiffSpans.params>['of'];

/** What the view of a diff works with. */
export interface DiffViewParts {
  readonly connection: RpcConnection;
  readonly diff: DiffResult;
  readonly store: DiffStore;
  readonly announcer: Announcer;
  readonly settings: () => PanelSettings;
  /** The tool bar shows something of the state that has changed. */
  readonly stateChanged: () => void;
  readonly failed: (error: unknown) => void;
}

/** One diff that is open: its chart, the pair that is chosen, and the spans that stand out. */
export class DiffView {
  readonly chart: DiffChart;
  readonly pairPane: PairPane;
  readonly #parts: DiffViewParts;
  readonly #tooltip: PairTooltip;
  #pair: PairDetails = NOTHING;
  /** The side of the pair that keys go on from. */
  #side: Side = 'b';
  #asked = 0;

  constructor(parts: DiffViewParts) {
    this.#parts = parts;
    const { connection, diff, store, failed } = parts;
    this.#tooltip = new PairTooltip(connection, diff);
    this.pairPane = new PairPane({
      align: () => this.align(),
      openSource: (side) => this.#openSource(side),
      goTo: (side) => {
        this.#side = side;
        this.chart.choose(this.#pair, side);
        this.fitPair();
      },
    });
    this.chart = new DiffChart(connection, diff, store.state, {
      settings: parts.settings,
      viewChanged: (view) => store.update({ view }),
      hovered: (mark, hit, x, y) => this.#tooltip.show(mark, hit, x, y, this.chart.pane?.scene),
      chosen: (mark) => {
        if (mark === null) this.unchoose();
        else void this.#choose(mark.ids, mark.side, false);
      },
      collapsed: (collapsed) => store.update({ collapsed: [...collapsed] }),
      failed,
    });
  }

  /** Begins to draw, as the state says; the chart must be in the page. */
  start(): void {
    const { state } = this.#parts.store;
    this.chart.start(state);
    if (state.selected !== null) void this.#choose(state.selected, null, false);
    if (state.filter === 'only') void this.filter('only');
  }

  end(): void {
    this.#asked += 1;
    this.#tooltip.dispose();
    this.chart.end();
  }

  /** Lets the spans of a step stand out, and goes to the one that changed most. */
  async chooseStep({ steps, label, kind }: WaterfallRow): Promise<void> {
    await this.#guarded(async () => {
      const said = await this.#ask({ kind: 'steps', steps: [...steps] });
      const a = decodeSpans(said.a);
      const b = decodeSpans(said.b);
      this.chart.found = kind === 'idle' ? null : commonSpans(a, b);
      this.chart.markIdle('a', said.idleA);
      this.chart.markIdle('b', said.idleB);
      const { announcer, diff } = this.#parts;
      if (kind === 'idle') {
        const [longest] = said.idleB.toSorted((x, y) => y.toNs - y.fromNs - (x.toNs - x.fromNs));
        const { shiftB } = this.chart.scene.alignment;
        if (longest) this.chart.fit(longest.fromNs + shiftB, longest.toNs + shiftB);
        announcer.say(`${label}: ${said.idleA.length} times in A, ${said.idleB.length} in B.`);
        return;
      }
      announcer.say(`${label}: ${countOf(a.length, 'span')} in A, ${b.length} in B stand out.`);
      const inB = new Set(b);
      const pairs = [...diff.slower, ...diff.faster].filter((pair) => inB.has(pair.b));
      const [telling] = pairs.toSorted((x, y) => Math.abs(y.selfDelta) - Math.abs(x.selfDelta));
      if (telling !== undefined && this.#view === 'time') await this.choosePair(telling);
      else if (this.chart.found !== null) await this.step(1);
    });
  }

  /** Goes to a pair that changed. */
  async choosePair({ a, b }: Pick<PairChangeView, 'a' | 'b'>): Promise<void> {
    if (this.#view === 'time') await this.#choose({ a, b }, 'b', true);
  }

  /** Goes to a span that one run alone has. */
  async chooseLone(side: Side, span: number): Promise<void> {
    if (this.#view !== 'time') return;
    await this.#choose(side === 'a' ? { a: span, b: null } : { a: null, b: span }, side, true);
  }

  /** Lets those spans stand out that one of the runs alone has, or none. */
  async filter(filter: 'all' | 'only'): Promise<void> {
    this.#parts.store.update({ filter });
    this.#parts.stateChanged();
    if (filter === 'all') {
      this.chart.found = null;
      return;
    }
    await this.#guarded(async () => {
      const said = await this.#ask({ kind: 'only' });
      const found = commonSpans(decodeSpans(said.a), decodeSpans(said.b));
      this.chart.found = found;
      this.#parts.announcer.say(`${countOf(found.length, 'span')} in one of the runs alone.`);
    });
  }

  /** To the next of the spans that stand out, round the ends. */
  async step(by: 1 | -1): Promise<void> {
    const { found } = this.chart;
    if (found === null || found.length === 0) {
      this.#parts.announcer.say('No spans stand out. Choose a step of the waterfall first.');
      return;
    }
    const here = this.#pair[this.#side]?.span;
    const at = here === undefined ? -1 : found.indexOf(here * 2 + (this.#side === 'a' ? 0 : 1));
    const from = at < 0 && by < 0 ? 0 : at;
    const next = found[(from + by + found.length) % found.length] ?? 0;
    const side = sideOf(next);
    const span = ownOf(next);
    await this.#guarded(async () => {
      const { connection, diff } = this.#parts;
      const asked = { diff: diff.diff, side, view: this.#view, span };
      const { partner } = await connection.request(DiffPartner, asked);
      const ids = side === 'a' ? { a: span, b: partner } : { a: partner, b: span };
      await this.#choose(ids, side, true);
    });
  }

  /** From the chosen span to another one; without one an arrow moves the view. */
  walk(direction: Direction, isArrow: boolean): void {
    const pane = this.chart.pane;
    if (pane === undefined) return;
    const place = this.#place();
    if (place === null && isArrow) {
      if (direction === 'next' || direction === 'previous') {
        this.pan(direction === 'next' ? 1 : -1, 0);
      } else this.pan(0, direction === 'child' ? 1 : -1);
      return;
    }
    const { scene } = pane;
    const to = place === null ? this.#first() : neighbour(scene, place, direction);
    const mark = to && this.chart.markOf(to);
    if (mark === null) this.#parts.announcer.say('Nothing further this way.');
    else void this.#choose(mark.ids, mark.side, true);
  }

  /** To the other span of the pair. */
  partner(): void {
    const other = this.#side === 'a' ? 'b' : 'a';
    if (this.#pair[other] === null) {
      this.#parts.announcer.say(`There is none in ${other.toUpperCase()}.`);
      return;
    }
    this.#side = other;
    this.chart.choose(this.#pair, other);
    this.#parts.announcer.say(`In ${other.toUpperCase()}`);
  }

  zoom(direction: 'in' | 'out'): void {
    const pane = this.chart.pane;
    if (pane === undefined) return;
    const { scene, surface } = pane;
    const { fromNs, toNs } = scene.view;
    const place = this.#place();
    const middle = place === null ? -1 : place.startNs + place.durationNs / 2;
    const around = middle >= fromNs && middle <= toNs ? middle : (fromNs + toNs) / 2;
    surface.setView(zoomAround(scene, around, direction === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP));
  }

  pan(right: number, down: number): void {
    const pane = this.chart.pane;
    if (pane === undefined) return;
    const { scene, surface } = pane;
    surface.setView(panBy(scene, right * scene.size.width * PAN_SHARE, down * 3 * SIZES.row));
  }

  fitAll(): void {
    const pane = this.chart.pane;
    pane?.surface.setView(fitAll(pane.scene));
  }

  /** Shows both spans of the pair whole. */
  fitPair(): void {
    const places = (['a', 'b'] as const).flatMap((side) => {
      const details = this.#pair[side];
      return details === null ? [] : [placeOf(side, details, this.chart.scene.alignment)];
    });
    if (places.length === 0) return;
    const from = Math.min(...places.map(({ startNs }) => startNs));
    const to = Math.max(...places.map(({ startNs, durationNs }) => startNs + durationNs));
    this.chart.fit(from, to);
  }

  /** Aligns both runs by the chosen pair; where they are so already, or none is chosen, by their starts. */
  align(): void {
    const { store, announcer } = this.#parts;
    const { a, b } = this.#pair;
    const anchor = a !== null && b !== null ? { aNs: a.start, bNs: b.start } : null;
    const now = store.state.anchor;
    const same = now?.aNs === anchor?.aNs && now?.bNs === anchor?.bNs;
    this.alignBy(same ? null : anchor);
    announcer.say(same || anchor === null ? 'Both begin together.' : 'Aligned by the chosen pair.');
  }

  alignBy(anchor: { aNs: number; bNs: number } | null): void {
    const { store } = this.#parts;
    if (this.#view !== 'time') return;
    store.update({ anchor });
    this.#parts.stateChanged();
    this.chart.align(anchor, store.state.tintBy);
  }

  collapse(): void {
    const place = this.#place();
    if (place !== null) this.chart.toggle(place.trackId);
  }

  openSource(): void {
    const own = this.#pair[this.#side]?.source;
    const other = this.#side === 'a' ? 'b' : 'a';
    this.#openSource(own ? this.#side : this.#pair[other]?.source ? other : this.#side);
  }

  /** Nothing is chosen any more. @returns whether something was */
  unchoose(): boolean {
    const was = this.#pair.a !== null || this.#pair.b !== null;
    this.#asked += 1;
    this.#pair = NOTHING;
    this.#parts.store.update({ selected: null });
    this.chart.choose(NOTHING, null);
    this.pairPane.clear();
    return was;
  }

  get #view(): 'time' | 'left-heavy' {
    return this.#parts.diff.a.run.weightsUnit === null ? 'time' : 'left-heavy';
  }

  /** Where the span is that keys go on from; null where none is chosen. */
  #place(): SpanPlace | null {
    const details = this.#pair[this.#side];
    if (details === null) return null;
    const place = placeOf(this.#side, details, this.chart.scene.alignment);
    return (
      this.chart.scene.store.find(place.trackId, place.row, place.startNs, place.span) ?? place
    );
  }

  #first(): SpanPlace | null {
    const pane = this.chart.pane;
    for (const { trackId } of pane?.surface.visibleTracks() ?? []) {
      const span = pane && nearestSpan(pane.scene, trackId, pane.scene.view.fromNs);
      if (span) return span;
    }
    return null;
  }

  async #choose(ids: PairIds, reveal: Side | null, speak: boolean): Promise<void> {
    const asked = ++this.#asked;
    const { connection, diff, store, announcer } = this.#parts;
    store.update({ selected: { a: ids.a, b: ids.b } });
    await this.#guarded(async () => {
      const details = await loadPair(connection, diff, ids);
      if (asked !== this.#asked) return;
      this.#pair = details;
      this.#side = reveal ?? (ids.b === null ? 'a' : 'b');
      this.chart.choose(details, reveal);
      const pair = pairOf(details);
      this.pairPane.show(pair, diff.unit);
      if (speak || reveal !== null) announcer.say(pairSentence(pair, diff.unit));
    });
  }

  #ask(of: AskedSpans): Promise<z.output<typeof DiffSpans.result>> {
    const { connection, diff } = this.#parts;
    return connection.request(DiffSpans, { diff: diff.diff, view: this.#view, of });
  }

  #openSource(side: Side): void {
    const { connection, diff, announcer } = this.#parts;
    const details = this.#pair[side];
    if (details === null) return;
    void this.#guarded(async () => {
      const asked = { chart: diff[side].chart, span: details.span, finding: null };
      const { opened, reason } = await connection.request(OpenSource, asked);
      if (!opened) announcer.say(reason);
    });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#parts.failed(error);
    }
  }
}
