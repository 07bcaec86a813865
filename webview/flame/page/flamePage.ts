import type { ChartHeader, ChartSource } from '../../../src/protocol/chart.ts';
import type { PanelSettings } from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { RPC_CODES, RpcError } from '../../../src/protocol/rpcError.ts';
import { errorMessage, stateMessage } from '../../shared/stateMessage.ts';
import { watchTheme } from '../../shared/themeWatch.ts';
import type { Scene } from '../model/scene.ts';
import { areaOf } from './chartCommands.ts';
import { ChartSession } from './chartSession.ts';
import { ChartViews } from './chartViews.ts';
import { listenToKeys } from './keyboard.ts';
import { makeParts, type FlameContent, type PageParts } from './pageParts.ts';
import { isSameSource } from './pageState.ts';
import { openRejected } from './runDialogs.ts';

/** The page of the flame chart over the lives of the chart behind it: opened, grown, opened again, another one. */
export class FlamePage {
  readonly #connection: RpcConnection;
  readonly #parts: PageParts;
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
    this.#parts = makeParts(
      {
        root,
        connection,
        session: () => this.#session,
        views: () => this.#views,
        settings: () => this.#settings,
        show: (shown) => this.show(shown),
        failed: (error) => this.#failed(error),
      },
      content.source,
    );
    const { surface, commands } = this.#parts;
    listenToKeys(surface.overlay, (action) => commands.act(action));
    watchTheme(() => surface.themeChanged());
    [this.#session, this.#views] = this.#connect(content.source);
    this.#take(content);
    void this.#open();
  }

  /** Shows something else, or another place of what is shown. */
  show(content: FlameContent): void {
    if (!isSameSource(content.source, this.#session.source)) {
      this.#session.end();
      this.#views.end();
      this.#parts.store.reset(content.source);
      this.#parts.selection.clear();
      [this.#session, this.#views] = this.#connect(content.source);
      this.#take(content);
      void this.#open();
      return;
    }
    this.#take(content);
    if (this.#session.header !== null) {
      this.#parts.commands.render();
      this.#views.show();
    }
    void this.#reachGoal();
  }

  /** Settings of VS Code that the page follows. */
  set settings(settings: PanelSettings) {
    this.#settings = settings;
  }

  #connect(source: ChartSource): [ChartSession, ChartViews] {
    const session = new ChartSession(this.#connection, source, {
      progress: (fraction, text) => this.#progress(session, fraction, text),
      header: (header) => this.#opened(header),
      failed: (error) => this.#failed(error),
    });
    const views = new ChartViews(session, this.#parts.surface, this.#parts.store, {
      shown: (scene) => this.#sceneShown(scene),
      grown: () => {
        this.#views.want();
        this.#parts.commands.fillTable(false);
      },
      sandwich: ({ nameId }) => this.#parts.functions.select(nameId),
      failed: (error) => this.#failed(error),
    });
    return [session, views];
  }

  /** Takes up what the content asks for beside its source. */
  #take({ view, span }: FlameContent): void {
    // A page that comes back knows better where it was.
    const known = this.#parts.store.state.selected?.span;
    if (view !== null) this.#parts.store.update({ view });
    if (span === null || (known === span && this.#session.header === null)) return;
    this.#goal = span;
    this.#parts.store.update({ view: 'time' });
  }

  async #open(): Promise<void> {
    if (this.#session.header === null) this.#parts.strip.begin(this.#session.source);
    this.#progress(this.#session, null, '');
    await this.#session.open();
  }

  #progress(session: ChartSession, fraction: number | null, text: string): void {
    // A chart that is opened again stays in sight meanwhile.
    if (session !== this.#session || session.header !== null) return;
    this.#parts.layout.progress(fraction, text, () => this.#session.cancel());
  }

  async #opened(header: ChartHeader): Promise<void> {
    const { state } = this.#parts.store;
    if (!header.views.includes(state.view)) {
      this.#parts.store.update({ view: header.views[0] ?? 'time' });
    }
    this.#parts.store.title = header.run.name;
    this.#parts.strip.render(header);
    this.#parts.details.showFindings(header);
    this.#parts.layout.problem(null);
    if (header.run.spans === 0 && header.instants === 0 && header.counters.length === 0) {
      this.#parts.layout.message(emptyRun(header, () => openRejected(header)));
      return;
    }
    this.#parts.layout.message(null);
    this.#parts.commands.render();
    const taken = this.#views.take(header);
    if (this.#parts.store.state.view === 'sandwich')
      await this.#parts.commands.showFunctions(header);
    await taken;
    await this.#reachGoal();
  }

  async #reachGoal(): Promise<void> {
    if (this.#goal === null || this.#session.header === null) return;
    const goal = this.#goal;
    this.#goal = null;
    await this.#parts.commands.goToRunSpan(goal);
  }

  #failed(error: unknown): void {
    if (this.#session.header !== null) {
      this.#parts.layout.problem(error instanceof Error ? error.message : String(error));
      return;
    }
    const again = (): void => void this.#open();
    const isCancelled = error instanceof RpcError && error.code === RPC_CODES.cancelled;
    this.#parts.layout.message(
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
    const { area, critical, view } = this.#parts.store.state;
    scene.showCritical = critical;
    scene.area = area === null || view !== 'time' ? null : areaOf(area);
    void this.#parts.selection.restore();
    void this.#parts.search.again();
    void this.#parts.commands.showArea(area);
    this.#parts.commands.fillTable(false);
  }
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
