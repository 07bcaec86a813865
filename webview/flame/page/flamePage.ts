import type {
  ChartHeader,
  ChartSource,
  ChartView,
  SpanDetails,
} from '../../../src/protocol/chart.ts';
import { ChartCriticalPath } from '../../../src/protocol/chartMessages.ts';
import {
  OpenSource,
  type PanelContent,
  type PanelSettings,
} from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { RPC_CODES, RpcError } from '../../../src/protocol/rpcError.ts';
import { Announcer } from '../../shared/announcer.ts';
import { countOf, formatExtent } from '../../shared/amounts.ts';
import { errorMessage, stateMessage } from '../../shared/stateMessage.ts';
import { watchTheme } from '../../shared/themeWatch.ts';
import type { Hit, Scene } from '../model/scene.ts';
import type { Area } from './areaSelect.ts';
import { ChartActions } from './chartActions.ts';
import { ChartDetails } from './chartDetails.ts';
import { ChartExports } from './chartExports.ts';
import { ChartHover } from './chartHover.ts';
import { spanMarkdown } from './chartMarkdown.ts';
import { NameSearch } from './chartSearch.ts';
import { ChartSession } from './chartSession.ts';
import { ChartSurface } from './chartSurface.ts';
import { ChartViews } from './chartViews.ts';
import { FunctionsPane } from './functionsPane.ts';
import { HeaderStrip } from './headerStrip.ts';
import { openHelp } from './helpDialog.ts';
import { keyActions, type KeyActionTarget } from './keyActions.ts';
import { listenToKeys } from './keyboard.ts';
import type { ChartAction } from './keyMap.ts';
import { PageLayout } from './pageLayout.ts';
import { isSameSource, nextUnwound } from './pageState.ts';
import { PageStore } from './pageStore.ts';
import { Pointer } from './pointer.ts';
import { openNotes, openRejected } from './runDialogs.ts';
import { SearchBox } from './searchBox.ts';
import { Selection } from './selection.ts';
import { SpanTable } from './spanTable.ts';
import { Toolbar } from './toolbar.ts';

/** What a flame chart panel shows. */
export type FlameContent = Extract<PanelContent, { panel: 'flame' }>;

/** The page of the flame chart: its parts, what each tells the others, and the life of the chart behind it. */
export class FlamePage implements KeyActionTarget {
  readonly actions: ChartActions;
  readonly #connection: RpcConnection;
  readonly #store: PageStore;
  readonly #announcer = new Announcer();
  readonly #surface: ChartSurface;
  readonly #selection: Selection;
  readonly #search: NameSearch;
  readonly #searchBox: SearchBox;
  readonly #strip: HeaderStrip;
  readonly #toolbar: Toolbar;
  readonly #details: ChartDetails;
  readonly #functions: FunctionsPane;
  readonly #spanTable: SpanTable;
  readonly #exports: ChartExports;
  readonly #pointer: Pointer;
  readonly #layout: PageLayout;
  #settings: PanelSettings;
  #session: ChartSession;
  #views: ChartViews;
  /** A span to go to when the chart is there. */
  #goal: number | null = null;

  constructor(
    root: HTMLElement,
    connection: RpcConnection,
    content: FlameContent,
    settings: PanelSettings,
  ) {
    this.#connection = connection;
    this.#settings = settings;
    this.#store = new PageStore(connection, content.source);
    const failed = (error: unknown): void => this.#failed(error);
    const store = this.#store;
    const announcer = this.#announcer;
    const session = (): ChartSession => this.#session;
    this.#surface = new ChartSurface({ viewChanged: () => this.#viewChanged() });
    const surface = this.#surface;
    this.#selection = new Selection({
      session,
      surface,
      store,
      announcer,
      changed: (details) => this.#detailsChanged(details),
      failed,
    });
    const selection = this.#selection;
    this.actions = new ChartActions({
      surface,
      store,
      selection,
      announcer,
      area: (area) => this.#setArea(area, true),
    });
    this.#searchBox = new SearchBox({
      searched: (text) => void this.#search.search(text),
      stepped: (direction) => void this.#search.step(direction),
      left: () => this.#surface.overlay.focus(),
    });
    this.#search = new NameSearch({
      session,
      surface,
      store,
      box: this.#searchBox,
      selection,
      failed,
    });
    this.#strip = new HeaderStrip({
      showFindings: () => this.#details.open('findings'),
      showRejected: () => this.#withHeader(openRejected),
      showNotes: () => this.#withHeader(openNotes),
    });
    this.#exports = new ChartExports({
      connection,
      session,
      scene: () => this.#surface.scene,
      kept: (id) =>
        this.show({ panel: 'flame', source: { kind: 'run', id }, span: null, view: null }),
      failed,
    });
    this.#toolbar = new Toolbar(this.#searchBox.element, {
      act: (action) => this.act(action),
      exports: () =>
        this.#session.header === null ? [] : this.#exports.entries(this.#session.header),
    });
    this.#details = new ChartDetails(store, {
      span: {
        goToSpan: (span) => void selection.goTo(span, 'into-sight'),
        openSource: () => this.openSource(),
        copy: () => this.copy(),
        sandwich: () => this.sandwichOfSelection(),
      },
      area: {
        goToSpan: (span) => void this.#goToRunSpan(span),
        copy: () => this.copy(),
        zoom: () => {
          selection.clear();
          this.actions.focusSelection();
          this.actions.focusSelection();
        },
        clear: () => this.#setArea(null, true),
        failed,
      },
      findings: {
        openFinding: (finding) => void this.#openSource(null, finding),
        goToSpan: (span) => void this.#goToRunSpan(span),
      },
      toggled: () => this.#render(),
    });
    this.#functions = new FunctionsPane({
      chosen: (nameId) => this.#setSandwich(nameId),
      failed,
    });
    this.#spanTable = new SpanTable({
      selected: (place) => selection.choose(place, 'not'),
      activated: () => this.openSource(),
    });
    const hover = new ChartHover(surface, session);
    this.#pointer = new Pointer(surface, {
      settings: () => this.#settings,
      hovered: (hit, x, y) => hover.at(hit, x, y),
      clicked: (hit) => this.#clicked(hit),
      doubleClicked: (hit) => this.#doubleClicked(hit),
      area: (area, done) => this.#setArea(area, done),
      trackDropped: (track, onto) => this.actions.dropTrack(track, onto),
    });
    this.#layout = new PageLayout(root, {
      strip: this.#strip.element,
      toolbar: this.#toolbar.element,
      surface: surface.element,
      functions: this.#functions.element,
      spanTable: this.#spanTable.table.element,
      details: this.#details.panel.element,
      announcer,
      state: () => store.state,
      resized: (details) => store.update({ details }),
    });
    listenToKeys(surface.overlay, (action) => this.act(action));
    watchTheme(() => this.#surface.themeChanged());
    this.#searchBox.text = store.state.search;
    [this.#session, this.#views] = this.#connect(content.source);
    this.#take(content);
    void this.#open();
  }

  /** Shows something else, or another place of what is shown. */
  show(content: FlameContent): void {
    if (!isSameSource(content.source, this.#session.source)) {
      this.#session.end();
      this.#views.end();
      this.#store.reset(content.source);
      this.#selection.clear();
      [this.#session, this.#views] = this.#connect(content.source);
      this.#take(content);
      void this.#open();
      return;
    }
    this.#take(content);
    if (this.#session.header !== null) this.#views.show();
    void this.#reachGoal();
  }

  set settings(settings: PanelSettings) {
    this.#settings = settings;
  }

  /** Does what a key or a button stands for. */
  act(action: ChartAction): void {
    this.#surface.tooltip.hide();
    keyActions[action](this);
  }

  setView(view: ChartView): void {
    const { header } = this.#session;
    if (header?.views.includes(view) !== true || view === this.#store.state.view) return;
    this.#views.keepViewport();
    this.#store.update({ view, ...(view === 'sandwich' ? { table: false } : {}) });
    this.#render();
    if (view === 'sandwich') void this.#showFunctions(header);
    else this.#views.show();
    this.#surface.overlay.focus();
  }

  focusSearch(): void {
    if (this.#store.state.view === 'sandwich') this.#functions.focus();
    else this.#searchBox.focus();
  }

  stepHit(direction: 1 | -1): void {
    void this.#search.step(direction);
  }

  toggleTable(): void {
    const { table, view } = this.#store.state;
    if (view === 'sandwich') return;
    this.#store.update({ table: !table });
    this.#render();
    if (table) this.#surface.overlay.focus();
    else {
      this.#fillTable(true);
      this.#spanTable.table.element.focus();
    }
  }

  toggleDetails(): void {
    this.#details.setOpen(!this.#store.state.details.open);
  }

  toggleCritical(): void {
    const { scene } = this.#surface;
    const { view, critical } = this.#store.state;
    if (scene === null || view !== 'time') return;
    this.#store.update({ critical: !critical });
    scene.showCritical = !critical;
    this.#surface.redraw();
    this.#render();
    if (critical) this.#announcer.say('Critical path off.');
    else void this.#tellCriticalPath();
  }

  openHelp(): void {
    openHelp(this.#settings.wheel);
  }

  /** Opens the source of what is chosen; a track that has the focus is collapsed or expanded instead. */
  openSource(): void {
    const focus = this.#surface.scene?.focus;
    if (focus?.kind === 'header') {
      this.actions.toggleCollapsed(focus.trackId);
      return;
    }
    const { details } = this.#selection;
    if (details !== null) void this.#openSource(details.runSpan, null);
  }

  copy(): void {
    const { header } = this.#session;
    const { details } = this.#selection;
    const area = this.#details.areaMarkdown();
    const shown = this.#store.state.details.tab;
    if (area !== null && (details === null || shown === 'area')) {
      void this.#exports.copy(area, 'The selection');
    } else if (details !== null && header !== null) {
      void this.#exports.copy(spanMarkdown(details, header), 'The span');
    }
  }

  sandwichOfSelection(): void {
    const { scene } = this.#surface;
    const { place, details } = this.#selection;
    if (scene === null || place === null) return;
    const nameId = place.nameId >= 0 ? place.nameId : (details?.nameId ?? -1);
    if (nameId < 0) return;
    this.#store.update({ sandwich: nameId });
    if (this.#store.state.view === 'sandwich') this.#setSandwich(nameId);
    else this.setView('sandwich');
  }

  /** Takes back the last thing: a drag, the search, the table, the area, the choice, the zoom. */
  unwind(): void {
    if (this.#pointer.cancel()) return;
    const { scene } = this.#surface;
    if (scene === null) return;
    const zoomed = scene.view.toNs - scene.view.fromNs < scene.extentNs * 0.9999;
    switch (nextUnwound(this.#store.state, zoomed)) {
      case 'search':
        this.#searchBox.text = '';
        void this.#search.search('');
        break;
      case 'table':
        this.toggleTable();
        break;
      case 'area':
        this.#setArea(null, true);
        break;
      case 'selection':
        this.#selection.clear();
        break;
      case 'zoom':
        this.actions.fitAll();
        break;
      case null:
        break;
    }
  }

  #connect(source: ChartSource): [ChartSession, ChartViews] {
    const session = new ChartSession(this.#connection, source, {
      progress: (fraction, text) => this.#progress(session, fraction, text),
      header: (header) => void this.#opened(header),
      failed: (error) => this.#failed(error),
    });
    const views = new ChartViews(session, this.#surface, this.#store, {
      shown: (scene) => this.#sceneShown(scene),
      grown: () => {
        this.#views.want();
        this.#fillTable(false);
      },
      sandwich: ({ nameId }) => this.#functions.select(nameId),
      failed: (error) => this.#failed(error),
    });
    return [session, views];
  }

  /** Takes up what the content asks for beside its source. */
  #take({ view, span }: FlameContent): void {
    // A page that comes back knows better where it was.
    const known = this.#store.state.selected?.span;
    if (view !== null) this.#store.update({ view });
    if (span === null || (known === span && this.#session.header === null)) return;
    this.#goal = span;
    this.#store.update({ view: 'time' });
  }

  async #open(): Promise<void> {
    this.#progress(this.#session, null, '');
    await this.#session.open();
  }

  #progress(session: ChartSession, fraction: number | null, text: string): void {
    // A chart that is opened again stays in sight meanwhile.
    if (session !== this.#session || session.header !== null) return;
    this.#layout.progress(fraction, text, () => this.#session.cancel());
  }

  async #opened(header: ChartHeader): Promise<void> {
    const { state } = this.#store;
    if (!header.views.includes(state.view)) {
      this.#store.update({ view: header.views[0] ?? 'time' });
    }
    this.#store.title = header.run.name;
    this.#strip.render(header);
    this.#details.showFindings(header);
    this.#layout.problem(null);
    if (header.run.spans === 0 && header.instants === 0 && header.counters.length === 0) {
      this.#layout.message(emptyRun(header, () => this.#withHeader(openRejected)));
      return;
    }
    this.#layout.message(null);
    this.#render();
    const taken = this.#views.take(header);
    if (this.#store.state.view === 'sandwich') await this.#showFunctions(header);
    await taken;
    await this.#reachGoal();
  }

  async #reachGoal(): Promise<void> {
    if (this.#goal === null || this.#session.header === null) return;
    const goal = this.#goal;
    this.#goal = null;
    await this.#goToRunSpan(goal);
  }

  async #goToRunSpan(span: number): Promise<void> {
    this.setView('time');
    this.#details.turnTo('span');
    await this.#selection.goTo(span, 'into-sight');
  }

  #failed(error: unknown): void {
    if (this.#session.header !== null) {
      this.#layout.problem(error instanceof Error ? error.message : String(error));
      return;
    }
    const again = (): void => void this.#open();
    const isCancelled = error instanceof RpcError && error.code === RPC_CODES.cancelled;
    this.#layout.message(
      isCancelled
        ? stateMessage(
            'circle-slash',
            'Opening was cancelled',
            ['Nothing was changed.'],
            [{ label: 'Open Again', run: again }],
          )
        : errorMessage('This run could not be opened', error, again),
    );
  }

  #sceneShown(scene: Scene): void {
    const { area, critical } = this.#store.state;
    scene.showCritical = critical;
    scene.area = area === null ? null : areaOf(area);
    void this.#selection.restore();
    void this.#search.again();
    void this.#showArea(area);
    this.#fillTable(false);
  }

  #viewChanged(): void {
    this.#views.keepViewport();
    this.#views.want();
    this.#fillTable(false);
  }

  #detailsChanged(details: SpanDetails | null): void {
    this.#details.showSpan(details, this.#session.header);
    if (details !== null && this.#store.state.details.tab === 'area') this.#details.turnTo('span');
  }

  #clicked(hit: Hit): void {
    this.#surface.overlay.focus();
    switch (hit.kind) {
      case 'span':
        this.#selection.choose(hit.place, 'not');
        return;
      case 'aggregate':
        this.#selection.choose(hit.longest, 'not');
        return;
      case 'header':
        if (hit.part === 'pin') this.actions.togglePinned(hit.trackId);
        else this.actions.toggleCollapsed(hit.trackId);
        return;
      case 'band':
        this.actions.toggleCollapsed(hit.trackId);
        return;
      case 'instant': {
        const span = this.#surface.scene?.instants?.span[hit.instant] ?? 0;
        if (span > 0) void this.#selection.goTo(span - 1, 'not');
        return;
      }
      case 'stage':
      case 'counter':
      case 'ruler':
      case 'minimap':
        return;
      case 'empty':
        this.#selection.clear();
    }
  }

  #doubleClicked(hit: Hit): void {
    if (hit.kind === 'span' && this.#store.state.view === 'sandwich') {
      this.#setSandwich(hit.place.nameId);
    } else if (hit.kind === 'span') {
      this.actions.fitSpan(hit.place.startNs, hit.place.durationNs);
    } else if (hit.kind === 'aggregate') {
      this.actions.fitSpan(hit.fromNs, hit.toNs - hit.fromNs);
    } else if (hit.kind === 'minimap' || hit.kind === 'empty') this.actions.fitAll();
  }

  #setArea(area: Area | null, done: boolean): void {
    const kept = area === null ? null : { ...area, tracks: area.tracks && [...area.tracks] };
    this.#store.update({ area: kept });
    const { scene } = this.#surface;
    if (scene !== null) {
      scene.area = area === null ? null : areaOf(area);
      this.#surface.redrawOverlay();
    }
    if (!done) return;
    if (area !== null) {
      this.#details.open('area');
      const length = formatExtent(area.to - area.from, scene?.weightsUnit ?? null);
      const where = area.tracks === null ? 'all tracks' : countOf(area.tracks.length, 'track');
      this.#announcer.say(`Selected ${length} on ${where}.`);
    }
    void this.#showArea(area);
  }

  async #showArea(area: Area | null): Promise<void> {
    const { header } = this.#session;
    if (header !== null && this.#store.state.view === 'time') {
      await this.#details.showArea(this.#session, header, area);
    }
  }

  async #showFunctions(header: ChartHeader): Promise<void> {
    const largest = await this.#functions.load(this.#session, header);
    const shown = this.#store.state.sandwich ?? largest?.nameId ?? null;
    if (shown === null) return;
    this.#setSandwich(shown);
  }

  #setSandwich(nameId: number): void {
    this.#store.update({ sandwich: nameId });
    if (this.#store.state.view === 'sandwich') this.#views.show();
  }

  #fillTable(always: boolean): void {
    const { scene } = this.#surface;
    if (scene === null || !(this.#store.state.table || always)) return;
    this.#spanTable.show(scene, this.#surface.visibleTracks());
  }

  async #tellCriticalPath(): Promise<void> {
    try {
      const { steps, totalNs } = await this.#session.ask(ChartCriticalPath, {});
      this.#announcer.say(
        `Critical path on: ${countOf(steps.length, 'step')}, ${formatExtent(totalNs, null)}.`,
      );
    } catch (error) {
      this.#failed(error);
    }
  }

  async #openSource(span: number | null, finding: number | null): Promise<void> {
    const chart = this.#session.header?.chart;
    if (chart === undefined) return;
    try {
      const asked = { chart, span, finding };
      const { opened, reason } = await this.#connection.request(OpenSource, asked);
      if (!opened) this.#layout.problem(reason);
    } catch (error) {
      this.#failed(error);
    }
  }

  #render(): void {
    const { header } = this.#session;
    if (header !== null) this.#toolbar.render(header, this.#store.state);
    this.#layout.render();
  }

  #withHeader(run: (header: ChartHeader) => void): void {
    if (this.#session.header !== null) run(this.#session.header);
  }
}

function areaOf({ from, to, tracks }: Area): NonNullable<Scene['area']> {
  return { fromNs: from, toNs: to, trackIds: tracks === null ? null : new Set(tracks) };
}

function emptyRun({ run }: ChartHeader, showRejected: () => void): HTMLElement {
  const why =
    run.rejected > 0
      ? `All ${run.rejected} rows were rejected.`
      : run.status === 'running'
        ? 'It has just begun. Spans appear here as they come.'
        : 'Nothing was recorded in it: check that the program that wrote it was being traced.';
  return stateMessage(
    'graph',
    'This run has no spans',
    [why],
    run.rejected > 0 ? [{ label: 'Show Rejected Rows', run: showRejected }] : [],
  );
}
