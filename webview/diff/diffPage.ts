import type { ChartSource } from '../../src/protocol/chart.ts';
import { ChooseSource, TellPerson, type PanelSettings } from '../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../src/protocol/rpc.ts';
import { RPC_CODES, RpcError } from '../../src/protocol/rpcError.ts';
import { isSameSource } from '../flame/page/pageState.ts';
import { Announcer } from '../shared/announcer.ts';
import { el } from '../shared/dom.ts';
import type { MenuEntry } from '../shared/menuButton.ts';
import { errorMessage, stateMessage } from '../shared/stateMessage.ts';
import { watchTheme } from '../shared/themeWatch.ts';
import { DiffExports } from './diffExports.ts';
import { handleKey } from './diffKeys.ts';
import { DiffView } from './diffView.ts';
import { headlineText } from './model/changeWords.ts';
import type { DiffResult, Side } from './model/diffResult.ts';
import { DiffSession } from './model/diffSession.ts';
import { type DiffLayout, type DiffState, firstState, swapped } from './model/diffState.ts';
import { DiffStore } from './model/diffStore.ts';
import { hintOf, isSame } from './model/emptyDiff.ts';
import { DiffBody } from './view/diffBody.ts';
import { openDiffHelp } from './view/diffHelp.ts';
import { DiffToolbar } from './view/diffToolbar.ts';
import { Explanation } from './view/explanation.ts';
import { loadingMessage } from './view/loadingMessage.ts';
import { grownNotice, sameNotice } from './view/notices.ts';
import { RunsHeader } from './view/runsHeader.ts';

/** The page of a time-line diff: opens two runs, shows them, and puts in their place what went wrong. */
export class DiffPage {
  readonly #root: HTMLElement;
  readonly #connection: RpcConnection;
  readonly #store: DiffStore;
  readonly #session: DiffSession;
  readonly #announcer = new Announcer();
  readonly #exports: DiffExports;
  readonly #toolbar: DiffToolbar;
  readonly #header: RunsHeader;
  #settings: PanelSettings;
  #view: DiffView | null = null;
  #diff: DiffResult | null = null;
  #explanation: Explanation | null = null;
  #body: DiffBody | null = null;
  #tellProgress: (fraction: number | null, text: string) => void = () => undefined;

  constructor(
    root: HTMLElement,
    connection: RpcConnection,
    sources: { readonly a: ChartSource; readonly b: ChartSource },
    settings: PanelSettings,
  ) {
    this.#root = root;
    this.#connection = connection;
    this.#settings = settings;
    this.#store = new DiffStore(connection, sources.a, sources.b);
    this.#session = new DiffSession(connection, (fraction, text) =>
      this.#tellProgress(fraction, text),
    );
    this.#exports = new DiffExports(connection, this.#announcer);
    this.#header = new RunsHeader({
      choose: (side) => void this.#chooseRun(side),
      swap: () => this.#swap(),
    });
    this.#toolbar = new DiffToolbar({
      layout: (layout) => this.#setLayout(layout),
      tintBy: (tintBy) => {
        this.#store.update({ tintBy });
        this.#view?.chart.tint(tintBy);
      },
      filter: (filter) => this.#setFilter(filter),
      alignByStart: () => this.#view?.alignBy(null),
      copy: () => this.#copy(),
      exports: () => this.#exportEntries(),
      help: openDiffHelp,
    });
    watchTheme(() => this.#view?.chart.themeChanged());
    document.addEventListener('keydown', (event) => this.#keyDown(event));
  }

  set settings(settings: PanelSettings) {
    this.#settings = settings;
  }

  /** Shows two other runs, or the same ones anew. */
  async show(a: ChartSource, b: ChartSource): Promise<void> {
    const { state } = this.#store;
    if (!isSameSource(a, state.a) || !isSameSource(b, state.b)) {
      this.#store.update({
        ...firstState(a, b),
        layout: state.layout,
        chartShare: state.chartShare,
      });
    }
    await this.open();
  }

  /** Opens what the state names. */
  async open(): Promise<void> {
    this.#end();
    const { a, b } = this.#store.state;
    const loading = loadingMessage('Comparing the runs', () => this.#session.cancel());
    this.#tellProgress = loading.tell;
    this.#fill(loading.element);
    let diff: DiffResult | null;
    try {
      diff = await this.#session.open(a, b);
    } catch (error) {
      this.#showError(error);
      return;
    }
    if (diff !== null) this.#take(diff);
  }

  #take(diff: DiffResult): void {
    this.#diff = diff;
    this.#store.title = `${diff.a.run.name} ↔ ${diff.b.run.name}`;
    this.#header.show(diff);
    const hint = hintOf(diff);
    if (hint !== null) {
      this.#showMessage('git-compare', hint.title, hint.details);
      return;
    }
    this.#showDiff(diff);
    this.#announcer.say(headlineText(diff.totalA, diff.totalB, diff.unit));
  }

  #showDiff(diff: DiffResult): void {
    const { state } = this.#store;
    const view = new DiffView({
      connection: this.#connection,
      diff,
      store: this.#store,
      announcer: this.#announcer,
      settings: () => this.#settings,
      stateChanged: () => this.#showState(),
      failed: (error) => this.#failed(error),
    });
    const explanation = new Explanation(state, {
      step: (row) => void view.chooseStep(row),
      pair: (pair) => void view.choosePair(pair),
      lone: ({ side, span }) => void view.chooseLone(side, span),
      stateChanged: (change) => this.#store.update(change),
    });
    this.#view = view;
    this.#explanation = explanation;
    const body = new DiffBody({
      chart: view.chart.element,
      explanation: explanation.element,
      pair: view.pairPane.element,
      weights: diff.unit !== 'ns',
      chartShare: state.chartShare,
      resized: (chartShare) => this.#store.update({ chartShare }),
    });
    body.layout = state.layout;
    this.#body = body;
    this.#fill(
      this.#header.element,
      this.#toolbar.element,
      ...(isSame(diff) ? [sameNotice()] : []),
      body.element,
    );
    this.#showState();
    explanation.show(diff);
    view.start();
  }

  /** A live run has grown since it was compared: a person says when to compare it anew. */
  chartChanged(chart: string): void {
    const diff = this.#diff;
    const side = diff?.a.chart === chart ? 'a' : diff?.b.chart === chart ? 'b' : null;
    if (diff === null || side === null || diff[side].run.status !== 'running') return;
    if (this.#body === null || this.#root.querySelector('.diff-grown') !== null) return;
    this.#body.element.before(grownNotice(side, () => void this.open()));
  }

  #showState(): void {
    const weights = this.#diff?.a.run.weightsUnit !== null;
    this.#toolbar.show(this.#store.state, weights);
  }

  #fill(...parts: readonly Node[]): void {
    const title = el('h1', { class: 'visually-hidden' }, 'Comparison of two runs');
    this.#root.replaceChildren(title, ...parts, this.#announcer.element);
  }

  #showMessage(icon: 'git-compare' | 'circle-slash', title: string, details: string[]): void {
    this.#fill(this.#header.element, stateMessage(icon, title, details, this.#choices()));
  }

  #showError(error: unknown): void {
    this.#end();
    const cancelled = error instanceof RpcError && error.code === RPC_CODES.cancelled;
    const again = (): void => void this.open();
    const box = cancelled
      ? stateMessage(
          'circle-slash',
          'The comparison was cancelled',
          [],
          [{ label: 'Compare Again', run: again }, ...this.#choices()],
        )
      : errorMessage('The runs could not be compared', error, again);
    if (!cancelled) {
      box.append(
        el(
          'div',
          { class: 'state-actions' },
          ...this.#choices().map(({ label, run }) =>
            el('button', { type: 'button', class: 'button secondary', on: { click: run } }, label),
          ),
        ),
      );
    }
    this.#fill(box);
  }

  #choices(): { label: string; run: () => void }[] {
    return [
      { label: 'Choose Another A', run: () => void this.#chooseRun('a') },
      { label: 'Choose Another B', run: () => void this.#chooseRun('b') },
    ];
  }

  /** Something that was asked of the open diff failed. A worker that has forgotten it is asked to open it anew. */
  #failed(error: unknown): void {
    const forgotten = ['chart.unknown', 'diff.unknown', RPC_CODES.disconnected];
    if (error instanceof RpcError && forgotten.includes(error.code)) {
      void this.open();
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.#connection.notify(TellPerson, { level: 'error', message });
  }

  async #chooseRun(side: Side): Promise<void> {
    const title = `Run to show as ${side.toUpperCase()}`;
    const { source } = await this.#connection.request(ChooseSource, { title });
    if (source === null) return;
    const { a, b } = this.#store.state;
    await (side === 'a' ? this.show(source, b) : this.show(a, source));
  }

  #swap(): void {
    this.#store.update(swapped(this.#store.state));
    void this.open();
  }

  #setLayout(layout: DiffLayout): void {
    this.#store.update({ layout });
    if (this.#view === null || this.#body === null) return;
    this.#view.chart.layout = layout;
    this.#body.layout = layout;
    this.#showState();
  }

  #setFilter(filter: DiffState['filter']): void {
    void this.#view?.filter(filter);
    this.#explanation?.clear();
  }

  #keyDown(event: KeyboardEvent): void {
    const view = this.#view;
    const target = event.target instanceof Element ? event.target : null;
    // Fields, lists and buttons have keys of their own.
    const inChart = target?.closest('.diff-chart') !== null;
    const elsewhere = target?.closest('select, input, textarea, dialog, [role=menu]') !== null;
    if (view === null || event.defaultPrevented || elsewhere) return;
    const own = ['Enter', ' ', 'Home'].includes(event.key) || event.key.startsWith('Arrow');
    if (!inChart && own) return;
    const handled = handleKey(event, {
      zoom: (direction) => view.zoom(direction),
      pan: (right, down) => view.pan(right, down),
      fitAll: () => view.fitAll(),
      fitPair: () => view.fitPair(),
      walk: (direction, isArrow) => view.walk(direction, isArrow),
      partner: () => view.partner(),
      openSource: () => view.openSource(),
      collapse: () => view.collapse(),
      layout: (layout) => this.#setLayout(layout),
      swap: () => this.#swap(),
      align: () => view.align(),
      only: () => this.#setFilter(this.#store.state.filter === 'only' ? 'all' : 'only'),
      step: (by) => void view.step(by),
      table: () => this.#explanation?.toggleTable(),
      copy: () => this.#copy(),
      help: openDiffHelp,
      unwind: () => this.#unwind(view),
    });
    if (handled) event.preventDefault();
  }

  /** One thing at a time: spans that stand out, the chosen pair, the zoom. */
  #unwind(view: DiffView): void {
    if (view.chart.found !== null || view.chart.hasIdle) {
      view.chart.markIdle('a', []);
      view.chart.markIdle('b', []);
      this.#setFilter('all');
    } else if (!view.unchoose()) view.fitAll();
  }

  #copy(): void {
    const diff = this.#diff;
    if (diff !== null) this.#exports.copy(diff).catch((error: unknown) => this.#failed(error));
  }

  #save(format: 'png' | 'svg'): void {
    const [diff, view] = [this.#diff, this.#view];
    if (diff === null || view === null) return;
    this.#exports.save(diff, view.chart, format).catch((error: unknown) => this.#failed(error));
  }

  #exportEntries(): readonly MenuEntry[] {
    return [
      { label: 'Save Picture as PNG…', run: () => this.#save('png') },
      { label: 'Save Picture as SVG…', run: () => this.#save('svg') },
      null,
      { label: 'Copy as Markdown', run: () => this.#copy() },
    ];
  }

  #end(): void {
    this.#view?.end();
    this.#view = null;
    this.#diff = null;
    this.#explanation = null;
    this.#body = null;
  }
}
