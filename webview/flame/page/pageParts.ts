import type { ChartSource, SpanDetails } from '../../../src/protocol/chart.ts';
import type { PanelContent, PanelSettings } from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { Announcer } from '../../shared/announcer.ts';
import { ChartActions } from './chartActions.ts';
import { ChartCommands } from './chartCommands.ts';
import { ChartDetails } from './chartDetails.ts';
import { ChartExports } from './chartExports.ts';
import { ChartHover } from './chartHover.ts';
import { NameSearch } from './chartSearch.ts';
import type { ChartSession } from './chartSession.ts';
import { ChartSurface } from './chartSurface.ts';
import type { ChartViews } from './chartViews.ts';
import { FunctionsPane } from './functionsPane.ts';
import { HeaderStrip } from './headerStrip.ts';
import { PageLayout } from './pageLayout.ts';
import { PageStore } from './pageStore.ts';
import { Pointer } from './pointer.ts';
import { openNotes, openRejected } from './runDialogs.ts';
import { SearchBox } from './searchBox.ts';
import { Selection } from './selection.ts';
import { SpanTable } from './spanTable.ts';
import { Toolbar } from './toolbar.ts';

/** What a flame chart panel shows. */
export type FlameContent = Extract<PanelContent, { panel: 'flame' }>;

/** What the parts need of the page that they are parts of. */
export interface PageHost {
  readonly root: HTMLElement;
  readonly connection: RpcConnection;
  readonly session: () => ChartSession;
  readonly views: () => ChartViews;
  readonly settings: () => PanelSettings;
  readonly show: (content: FlameContent) => void;
  readonly failed: (error: unknown) => void;
}

/** Everything the page is made of. */
export interface PageParts {
  readonly host: PageHost;
  readonly store: PageStore;
  readonly announcer: Announcer;
  readonly surface: ChartSurface;
  readonly selection: Selection;
  readonly actions: ChartActions;
  readonly search: NameSearch;
  readonly searchBox: SearchBox;
  readonly strip: HeaderStrip;
  readonly toolbar: Toolbar;
  readonly details: ChartDetails;
  readonly functions: FunctionsPane;
  readonly spanTable: SpanTable;
  readonly exports: ChartExports;
  readonly pointer: Pointer;
  readonly layout: PageLayout;
  readonly commands: ChartCommands;
}

/** Makes the parts of a page and tells each what it leads to. */
export function makeParts(host: PageHost, source: ChartSource): PageParts {
  const { connection, session, failed } = host;
  const store = new PageStore(connection, source);
  const announcer = new Announcer();
  const surface = new ChartSurface({ viewChanged: () => commands.viewChanged() });
  const selection = new Selection({
    session,
    surface,
    store,
    announcer,
    changed: (details: SpanDetails | null) => commands.detailsChanged(details),
    failed,
  });
  const actions = new ChartActions({
    surface,
    store,
    selection,
    announcer,
    area: (area) => commands.setArea(area, true),
  });
  const searchBox = new SearchBox({
    searched: (text) => void search.search(text),
    stepped: (direction) => void search.step(direction),
    left: () => surface.overlay.focus(),
  });
  const search = new NameSearch({ session, surface, store, box: searchBox, selection, failed });
  const withHeader = (run: typeof openRejected) => (): void => {
    const { header } = session();
    if (header !== null) run(header);
  };
  const strip = new HeaderStrip({
    showFindings: () => details.open('findings'),
    showRejected: withHeader(openRejected),
    showNotes: withHeader(openNotes),
  });
  const exports = new ChartExports({
    connection,
    session,
    scene: () => surface.scene,
    kept: (id) =>
      host.show({ panel: 'flame', source: { kind: 'run', id }, span: null, view: null }),
    failed,
  });
  const toolbar = new Toolbar(searchBox.element, {
    act: (action) => commands.act(action),
    exports: () => {
      const { header } = session();
      return header === null ? [] : exports.entries(header);
    },
  });
  const details = new ChartDetails(store, {
    span: {
      goToSpan: (span) => void selection.goTo(span, 'into-sight'),
      openSource: () => commands.openSource(),
      copy: () => commands.copySpan(),
      sandwich: () => commands.sandwichOfSelection(),
    },
    area: {
      goToSpan: (span) => void commands.goToRunSpan(span),
      copy: () => commands.copyArea(),
      zoom: () => actions.fitArea(),
      clear: () => commands.setArea(null, true),
      failed,
    },
    findings: {
      openFinding: (finding) => void commands.openSourceOf(null, finding),
      goToSpan: (span) => void commands.goToRunSpan(span),
    },
    toggled: () => commands.render(),
  });
  const functions = new FunctionsPane({
    chosen: (nameId) => commands.setSandwich(nameId),
    failed,
  });
  const spanTable = new SpanTable({
    selected: (place) => selection.choose(place, 'not'),
    activated: () => commands.openSource(),
  });
  const hover = new ChartHover(surface, session);
  const pointer = new Pointer(surface, {
    settings: host.settings,
    hovered: (hit, x, y) => hover.at(hit, x, y),
    clicked: (hit) => commands.clicked(hit),
    doubleClicked: (hit) => commands.doubleClicked(hit),
    area: (area, done) => commands.setArea(area, done),
    trackDropped: (track, onto) => actions.dropTrack(track, onto),
  });
  const layout = new PageLayout(host.root, {
    strip: strip.element,
    toolbar: toolbar.element,
    surface: surface.element,
    functions: functions.element,
    spanTable: spanTable.table.element,
    details: details.panel.element,
    announcer,
    state: () => store.state,
    resized: (size) => store.update({ details: size }),
  });
  searchBox.text = store.state.search;
  const parts: Omit<PageParts, 'commands'> = {
    host,
    store,
    announcer,
    surface,
    selection,
    actions,
    search,
    searchBox,
    strip,
    toolbar,
    details,
    functions,
    spanTable,
    exports,
    pointer,
    layout,
  };
  const commands: ChartCommands = new ChartCommands(parts);
  return { ...parts, commands };
}
