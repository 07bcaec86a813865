import type { ChartHeader, ChartView, SpanDetails } from '../../../src/protocol/chart.ts';
import { ChartCriticalPath } from '../../../src/protocol/chartMessages.ts';
import { OpenSource } from '../../../src/protocol/panelMessages.ts';
import { countOf, formatExtent } from '../../shared/amounts.ts';
import type { Hit, Scene } from '../model/scene.ts';
import type { Area } from './areaSelect.ts';
import type { ChartActions } from './chartActions.ts';
import { spanMarkdown } from './chartMarkdown.ts';
import type { ChartSession } from './chartSession.ts';
import { openHelp } from './helpDialog.ts';
import { keyActions, type KeyActionTarget } from './keyActions.ts';
import type { ChartAction } from './keyMap.ts';
import type { PageParts } from './pageParts.ts';
import { nextUnwound } from './pageState.ts';

/** What keys, buttons and the mouse ask of the page: views, table, details, area, source, clipboard. */
export class ChartCommands implements KeyActionTarget {
  readonly #parts: Omit<PageParts, 'commands'>;

  constructor(parts: Omit<PageParts, 'commands'>) {
    this.#parts = parts;
  }

  get actions(): ChartActions {
    return this.#parts.actions;
  }

  get #session(): ChartSession {
    return this.#parts.host.session();
  }

  /** Does what a key or a button stands for. */
  act(action: ChartAction): void {
    this.#parts.surface.tooltip.hide();
    keyActions[action](this);
  }

  /** The area where that is what is looked at, else the chosen span. */
  copy(): void {
    const isArea =
      this.#parts.selection.details === null || this.#parts.store.state.details.tab === 'area';
    if (isArea && this.#parts.details.areaMarkdown() !== null) this.copyArea();
    else this.copySpan();
  }

  copyArea(): void {
    const text = this.#parts.details.areaMarkdown();
    if (text !== null) void this.#parts.exports.copy(text, 'The selection');
  }

  copySpan(): void {
    const { header } = this.#session;
    const { details } = this.#parts.selection;
    if (header === null || details === null) return;
    void this.#parts.exports.copy(spanMarkdown(details, header), 'The span');
  }

  setView(view: ChartView): void {
    const { header } = this.#session;
    if (header?.views.includes(view) !== true || view === this.#parts.store.state.view) return;
    this.#parts.host.views().keepViewport();
    this.#parts.store.update({ view, ...(view === 'sandwich' ? { table: false } : {}) });
    this.render();
    if (view === 'sandwich') void this.showFunctions(header);
    else this.#parts.host.views().show();
    this.#parts.surface.overlay.focus();
  }

  focusSearch(): void {
    if (this.#parts.store.state.view === 'sandwich') this.#parts.functions.focus();
    else this.#parts.searchBox.focus();
  }

  stepHit(direction: 1 | -1): void {
    void this.#parts.search.step(direction);
  }

  toggleTable(): void {
    const { table, view } = this.#parts.store.state;
    if (view === 'sandwich') return;
    this.#parts.store.update({ table: !table });
    this.render();
    if (table) this.#parts.surface.overlay.focus();
    else {
      this.fillTable(true);
      this.#parts.spanTable.table.element.focus();
    }
  }

  toggleDetails(): void {
    this.#parts.details.setOpen(!this.#parts.store.state.details.open);
  }

  toggleCritical(): void {
    const { scene } = this.#parts.surface;
    const { view, critical } = this.#parts.store.state;
    if (scene === null || view !== 'time') return;
    this.#parts.store.update({ critical: !critical });
    scene.showCritical = !critical;
    this.#parts.surface.redraw();
    this.render();
    if (critical) this.#parts.announcer.say('Critical path off.');
    else void this.#tellCriticalPath();
  }

  openHelp(): void {
    openHelp(this.#parts.host.settings().wheel);
  }

  /** Opens the source of what is chosen; a track that has the focus is collapsed or expanded instead. */
  openSource(): void {
    const focus = this.#parts.surface.scene?.focus;
    if (focus?.kind === 'header') {
      this.#parts.actions.toggleCollapsed(focus.trackId);
      return;
    }
    const { details } = this.#parts.selection;
    if (details !== null) void this.openSourceOf(details.runSpan, null);
  }

  sandwichOfSelection(): void {
    const { scene } = this.#parts.surface;
    const { place, details } = this.#parts.selection;
    if (scene === null || place === null) return;
    const nameId = place.nameId >= 0 ? place.nameId : (details?.nameId ?? -1);
    if (nameId < 0) return;
    this.#parts.store.update({ sandwich: nameId });
    if (this.#parts.store.state.view === 'sandwich') this.setSandwich(nameId);
    else this.setView('sandwich');
  }

  /** Takes back the last thing: a drag, the search, the table, the area, the choice, the zoom. */
  unwind(): void {
    if (this.#parts.pointer.cancel()) return;
    const { scene } = this.#parts.surface;
    if (scene === null) return;
    const zoomed = scene.view.toNs - scene.view.fromNs < scene.extentNs * 0.9999;
    switch (nextUnwound(this.#parts.store.state, zoomed)) {
      case 'search':
        this.#parts.searchBox.text = '';
        void this.#parts.search.search('');
        break;
      case 'table':
        this.toggleTable();
        break;
      case 'area':
        this.setArea(null, true);
        break;
      case 'selection':
        this.#parts.selection.clear();
        break;
      case 'zoom':
        this.#parts.actions.fitAll();
        break;
      case null:
        break;
    }
  }

  clicked(hit: Hit): void {
    this.#parts.surface.overlay.focus();
    switch (hit.kind) {
      case 'span':
        this.#parts.selection.choose(hit.place, 'not');
        return;
      case 'aggregate':
        this.#parts.selection.choose(hit.longest, 'not');
        return;
      case 'header':
        if (hit.part === 'pin') this.#parts.actions.togglePinned(hit.trackId);
        else this.#parts.actions.toggleCollapsed(hit.trackId);
        return;
      case 'band':
        this.#parts.actions.toggleCollapsed(hit.trackId);
        return;
      case 'instant': {
        const span = this.#parts.surface.scene?.instants?.span[hit.instant] ?? 0;
        if (span > 0) void this.#parts.selection.goTo(span - 1, 'not');
        return;
      }
      case 'stage':
      case 'counter':
      case 'ruler':
      case 'minimap':
        return;
      case 'empty':
        this.#parts.selection.clear();
    }
  }

  doubleClicked(hit: Hit): void {
    if (hit.kind === 'span' && this.#parts.store.state.view === 'sandwich') {
      this.setSandwich(hit.place.nameId);
    } else if (hit.kind === 'span') {
      this.#parts.actions.fitSpan(hit.place.startNs, hit.place.durationNs);
    } else if (hit.kind === 'aggregate') {
      this.#parts.actions.fitSpan(hit.fromNs, hit.toNs - hit.fromNs);
    } else if (hit.kind === 'minimap' || hit.kind === 'empty') this.#parts.actions.fitAll();
  }

  setArea(area: Area | null, done: boolean): void {
    if (area !== null && this.#parts.store.state.view !== 'time') {
      this.#parts.announcer.say('Areas can be selected in time order.');
      return;
    }
    const kept = area === null ? null : { ...area, tracks: area.tracks && [...area.tracks] };
    this.#parts.store.update({ area: kept });
    const { scene } = this.#parts.surface;
    if (scene !== null) {
      scene.area = area === null ? null : areaOf(area);
      this.#parts.surface.redrawOverlay();
    }
    if (!done) return;
    if (area !== null) {
      this.#parts.details.open('area');
      const length = formatExtent(area.to - area.from, scene?.weightsUnit ?? null);
      const where = area.tracks === null ? 'all tracks' : countOf(area.tracks.length, 'track');
      this.#parts.announcer.say(`Selected ${length} on ${where}.`);
    }
    void this.showArea(area);
  }

  async showArea(area: Area | null): Promise<void> {
    const { header } = this.#session;
    if (header !== null && this.#parts.store.state.view === 'time') {
      await this.#parts.details.showArea(this.#session, header, area);
    }
  }

  async showFunctions(header: ChartHeader): Promise<void> {
    const largest = await this.#parts.functions.load(this.#session, header);
    const shown = this.#parts.store.state.sandwich ?? largest?.nameId ?? null;
    if (shown === null) return;
    this.setSandwich(shown);
  }

  setSandwich(nameId: number): void {
    this.#parts.store.update({ sandwich: nameId });
    if (this.#parts.store.state.view === 'sandwich') this.#parts.host.views().show();
  }

  fillTable(always: boolean): void {
    const { scene } = this.#parts.surface;
    if (scene === null || !(this.#parts.store.state.table || always)) return;
    this.#parts.spanTable.show(scene, this.#parts.surface.visibleTracks());
  }

  async #tellCriticalPath(): Promise<void> {
    try {
      const { steps, totalNs } = await this.#session.ask(ChartCriticalPath, {});
      this.#parts.announcer.say(
        `Critical path on: ${countOf(steps.length, 'step')}, ${formatExtent(totalNs, null)}.`,
      );
    } catch (error) {
      this.#parts.host.failed(error);
    }
  }

  async openSourceOf(span: number | null, finding: number | null): Promise<void> {
    const chart = this.#session.header?.chart;
    if (chart === undefined) return;
    try {
      const asked = { chart, span, finding };
      const { opened, reason } = await this.#parts.host.connection.request(OpenSource, asked);
      if (!opened) this.#parts.layout.problem(reason);
    } catch (error) {
      this.#parts.host.failed(error);
    }
  }

  viewChanged(): void {
    this.#parts.host.views().keepViewport();
    this.#parts.host.views().want();
    this.fillTable(false);
  }

  detailsChanged(details: SpanDetails | null): void {
    this.#parts.details.showSpan(details, this.#session.header);
    if (details !== null && this.#parts.store.state.details.tab === 'area')
      this.#parts.details.turnTo('span');
  }

  async goToRunSpan(span: number): Promise<void> {
    this.setView('time');
    this.#parts.details.turnTo('span');
    await this.#parts.selection.goTo(span, 'into-sight');
  }

  render(): void {
    const { header } = this.#session;
    if (header !== null) this.#parts.toolbar.render(header, this.#parts.store.state);
    this.#parts.layout.render();
  }
}

/** The area as the chart draws it. */
export function areaOf({ from, to, tracks }: Area): NonNullable<Scene['area']> {
  return { fromNs: from, toNs: to, trackIds: tracks === null ? null : new Set(tracks) };
}
