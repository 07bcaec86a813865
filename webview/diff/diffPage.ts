import type { ChartSource } from '../../src/protocol/chart.ts';
import {
  ChooseSource,
  CopyText,
  SaveExport,
  TellPerson,
  type PanelSettings,
} from '../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../src/protocol/rpc.ts';
import { RPC_CODES, RpcError } from '../../src/protocol/rpcError.ts';
import { isSameSource } from '../flame/page/pageState.ts';
import { svgOf } from '../flame/page/chartPictures.ts';
import { Announcer } from '../shared/announcer.ts';
import { el } from '../shared/dom.ts';
import type { MenuEntry } from '../shared/menuButton.ts';
import { splitter } from '../shared/splitter.ts';
import { errorMessage, stateMessage } from '../shared/stateMessage.ts';
import { watchTheme } from '../shared/themeWatch.ts';
import { handleKey } from './diffKeys.ts';
import { DiffView } from './diffView.ts';
import { headlineText } from './model/changeWords.ts';
import { diffMarkdown } from './model/diffMarkdown.ts';
import type { DiffResult, Side } from './model/diffResult.ts';
import { DiffSession } from './model/diffSession.ts';
import { type DiffLayout, type DiffState, firstState, swapped } from './model/diffState.ts';
import { DiffStore } from './model/diffStore.ts';
import { openDiffHelp } from './view/diffHelp.ts';
import { DiffToolbar } from './view/diffToolbar.ts';
import { Explanation } from './view/explanation.ts';
import { legend } from './view/legend.ts';
import { loadingMessage } from './view/loadingMessage.ts';
import { pictureBytes } from './view/pictures.ts';
import { RunsHeader } from './view/runsHeader.ts';

const LEAST_CHART_SHARE = 0.2;
const MOST_CHART_SHARE = 0.85;

/** The page of a time-line diff: opens two runs, shows them, and puts in their place what went wrong. */
export class DiffPage {
  readonly #root: HTMLElement;
  readonly #connection: RpcConnection;
  readonly #store: DiffStore;
  readonly #session: DiffSession;
  readonly #announcer = new Announcer();
  readonly #toolbar: DiffToolbar;
  readonly #header: RunsHeader;
  #settings: PanelSettings;
  #view: DiffView | null = null;
  #diff: DiffResult | null = null;
  #explanation: Explanation | null = null;
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
      alignByStart: () => {
        this.#view?.alignBy(null);
        this.#showState();
      },
      copy: () => void this.#copy(),
      exports: () => this.#exports(),
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
    this.#root.replaceChildren(loading.element, this.#announcer.element);
    try {
      const diff = await this.#session.open(a, b);
      if (diff !== null) this.#take(diff);
    } catch (error) {
      this.#showError(error);
    }
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
      keyDown: () => undefined,
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
    const upper = el('section', { class: 'diff-upper', 'aria-label': 'Time-lines' });
    const lower = el(
      'section',
      { class: 'diff-lower', 'aria-label': 'What is different' },
      explanation.element,
      view.pairPane.element,
    );
    upper.append(view.chart.element, this.#legend(diff));
    const body = el('div', { class: 'diff-body' }, upper, this.#splitter(lower), lower);
    const same = isSame(diff) ? sameNotice() : null;
    this.#root.replaceChildren(
      this.#header.element,
      this.#toolbar.element,
      ...(same === null ? [] : [same]),
      body,
      this.#announcer.element,
    );
    this.#size(lower, state.chartShare);
    this.#showState();
    explanation.show(diff);
    view.start();
  }

  #legend({ unit }: DiffResult): HTMLElement {
    return legend(this.#store.state.layout, unit !== 'ns');
  }

  #splitter(lower: HTMLElement): HTMLElement {
    const room = (): number => lower.parentElement?.clientHeight ?? 1;
    return splitter({
      label: 'Height of the explanation',
      side: () => 'bottom',
      size: () => lower.clientHeight,
      limits: () => ({
        min: room() * (1 - MOST_CHART_SHARE),
        max: room() * (1 - LEAST_CHART_SHARE),
      }),
      resize: (pixels) => {
        const chartShare = 1 - pixels / Math.max(1, room());
        this.#store.update({
          chartShare: Math.min(MOST_CHART_SHARE, Math.max(LEAST_CHART_SHARE, chartShare)),
        });
        this.#size(lower, this.#store.state.chartShare);
      },
    });
  }

  #size(lower: HTMLElement, chartShare: number): void {
    lower.style.height = `${((1 - chartShare) * 100).toFixed(2)}%`;
  }

  #showState(): void {
    const weights = this.#diff?.a.run.weightsUnit !== null;
    this.#toolbar.show(this.#store.state, weights);
  }

  #showMessage(icon: 'git-compare' | 'circle-slash', title: string, details: string[]): void {
    this.#root.replaceChildren(
      this.#header.element,
      stateMessage(icon, title, details, this.#choices()),
      this.#announcer.element,
    );
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
    this.#root.replaceChildren(box, this.#announcer.element);
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
    if (this.#view === null || this.#diff === null) return;
    this.#view.chart.layout = layout;
    this.#root.querySelector('.legend')?.replaceWith(this.#legend(this.#diff));
    this.#showState();
  }

  #setFilter(filter: DiffState['filter']): void {
    void this.#view?.filter(filter);
    this.#explanation?.clear();
    this.#showState();
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
      align: () => {
        view.align();
        this.#showState();
      },
      only: () => this.#setFilter(this.#store.state.filter === 'only' ? 'all' : 'only'),
      step: (by) => void view.step(by),
      table: () => this.#explanation?.toggleTable(),
      copy: () => void this.#copy(),
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

  async #copy(): Promise<void> {
    if (this.#diff === null) return;
    await this.#connection.request(CopyText, { text: diffMarkdown(this.#diff) });
    this.#announcer.say('Copied as Markdown.');
  }

  #exports(): readonly MenuEntry[] {
    return [
      { label: 'Save Picture as PNG…', run: () => void this.#save('png') },
      { label: 'Save Picture as SVG…', run: () => void this.#save('svg') },
      null,
      { label: 'Copy as Markdown', run: () => void this.#copy() },
    ];
  }

  async #save(format: 'png' | 'svg'): Promise<void> {
    const diff = this.#diff;
    const pane = this.#view?.chart.pane;
    if (diff === null || this.#view === null || pane === undefined) return;
    const title = `${diff.a.run.name} ↔ ${diff.b.run.name}`;
    try {
      const bytes =
        format === 'svg'
          ? svgOf(pane.scene, title)
          : await pictureBytes(this.#view.chart.picture(), [
              headlineText(diff.totalA, diff.totalB, diff.unit),
              `A: ${diff.a.run.name}`,
              `B: ${diff.b.run.name}`,
            ]);
      const asked = { what: 'picture' as const, format, name: title, bytes };
      const { path } = await this.#connection.request(SaveExport, asked);
      if (path !== null) this.#announcer.say('Saved.');
    } catch (error) {
      this.#failed(error);
    }
  }

  #end(): void {
    this.#view?.end();
    this.#view = null;
    this.#diff = null;
    this.#explanation = null;
  }
}

/** Whether nothing at all differs. */
function isSame({ totalA, totalB, steps, onlyInA, onlyInB, counters }: DiffResult): boolean {
  return (
    totalA === totalB &&
    onlyInA + onlyInB + counters.length === 0 &&
    steps.every(({ delta }) => delta === 0)
  );
}

function sameNotice(): HTMLElement {
  return el(
    'p',
    { class: 'diff-notice', role: 'note' },
    'No difference: both runs did the same in the same time, and counted the same.',
  );
}

/** Why there is nothing to compare, and what to do; null where there is. */
function hintOf({ a, b }: DiffResult): { title: string; details: string[] } | null {
  if (a.run.id === b.run.id) {
    return {
      title: 'A and B are the same run',
      details: ['A run does not differ from itself. Choose another one to compare it with.'],
    };
  }
  const empty = [a, b].find(({ run }) => run.spans === 0);
  if (empty === undefined) return null;
  return {
    title: `${empty === a ? 'A' : 'B'} has no spans`,
    details: [
      `There is nothing in “${empty.run.name}” to compare.`,
      'Choose a run that recorded spans, a trace or a profile.',
    ],
  };
}
