import {
  AcceptRuns,
  GetDashboard,
  GetLedgerBucket,
  GetRunDetails,
  RunsChanged,
} from '../../src/protocol/runMessages.ts';
import type { DashboardRun } from '../../src/protocol/runMessages.ts';
import {
  OpenFinding,
  OpenPanel,
  OpenSegment,
  PanelIngestEvent,
  type PanelSettings,
  PanelShows,
  SettingsChanged,
  ShowInPanel,
  TellPerson,
  WorkerRestarted,
} from '../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../src/protocol/rpc.ts';
import { readChartTheme } from './chartTheme.ts';
import { errorMessage, stateMessage } from '../shared/stateMessage.ts';
import { prefersReducedMotion, watchTheme } from '../shared/themeWatch.ts';
import { element } from './element.ts';
import { HistoryPanel } from './historyPanel.ts';
import type { Dashboard } from './historyView.ts';
import { LiveView } from './liveView.ts';
import { failureText } from './sign.ts';
import { StateKeeper } from './pageState.ts';
import { type RunActions, runDetailsView, runHeader } from './runDetailsView.ts';
import { Toolbar } from './toolbar.ts';

/** Runs that are looked at together. */
const MOST_RUNS = 200;
/** Runs are passed over while an arrow key is held. */
const SETTLE_MS = 120;

/** The dashboard: asks the worker, shows its answers, and asks again when runs came or went. */
export class DashboardPage {
  readonly #connection: RpcConnection;
  readonly #keeper = new StateKeeper();
  readonly #toolbar: Toolbar;
  readonly #live = new LiveView();
  readonly #history: HistoryPanel;
  readonly #message = element('div', { class: 'message', attributes: { role: 'status' } });
  readonly #details = element('aside', { attributes: { 'aria-label': 'Chosen run' } });
  readonly #columns: HTMLElement;
  #settings: PanelSettings;
  #dashboard: Dashboard | null = null;
  #run: string | null;
  #loading: AbortController | null = null;
  /** The run that the details are of. */
  #shown: string | null = null;
  #reading: AbortController | null = null;
  #settling = 0;

  constructor(connection: RpcConnection, settings: PanelSettings, series: string | null) {
    this.#connection = connection;
    this.#settings = settings;
    this.#run = this.#keeper.state.run;
    this.#toolbar = new Toolbar((chosen) => this.#openSeries(chosen));
    this.#history = new HistoryPanel(this.#keeper);
    this.#columns = element('div', { class: 'columns' }, this.#history.root, this.#details);
    const content = element(
      'div',
      { class: 'content' },
      this.#live.root,
      this.#message,
      this.#columns,
    );
    const panel = document.getElementById('panel') ?? document.body;
    panel.append(this.#toolbar.root, content);
    if (series !== null) this.#keeper.change({ series });
    watchTheme(() => this.#draw());
    this.#listen();
  }

  /** Asks for the runs and shows them; what is shown stays until the answer is there. */
  async load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    if (this.#dashboard === null) {
      const ring = element('vscode-progress-ring', { attributes: { 'aria-hidden': 'true' } });
      const text = element('span', { text: 'Reading the runs…' });
      this.#message.replaceChildren(element('p', {}, ring, text));
    }
    try {
      const dashboard = await this.#connection.request(
        GetDashboard,
        { series: this.#keeper.state.series, limit: MOST_RUNS },
        loading.signal,
      );
      if (loading.signal.aborted) return;
      this.#dashboard = dashboard;
      this.#show(dashboard);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.#columns.hidden = this.#dashboard === null;
      this.#message.replaceChildren(
        errorMessage('The runs could not be read', error, () => void this.load()),
      );
    }
  }

  #listen(): void {
    const on = this.#connection;
    on.listen(RunsChanged, () => void this.load());
    on.listen(WorkerRestarted, () => void this.load());
    on.listen(PanelIngestEvent, ({ event }) => {
      this.#live.hear(event);
      if (event.type === 'result') void this.load();
    });
    on.listen(SettingsChanged, (settings) => {
      this.#settings = settings;
      this.#draw();
    });
    on.listen(ShowInPanel, ({ content }) => {
      if (content.panel === 'dashboard') this.#openSeries(content.series);
    });
  }

  #openSeries(series: string | null): void {
    this.#run = null;
    this.#keeper.change({ series, run: null, bucket: null, hiddenStages: [], mode: null });
    void this.load();
  }

  #show(dashboard: Dashboard): void {
    const { runs, selected } = dashboard;
    this.#toolbar.show(dashboard);
    this.#keeper.change({ series: selected });
    this.#connection.notify(PanelShows, {
      title: Toolbar.titleOf(selected),
      content: { panel: 'dashboard', series: selected },
    });
    const isEmpty = runs.length === 0;
    this.#columns.hidden = isEmpty;
    if (isEmpty) {
      this.#history.clear();
      this.#message.replaceChildren(emptyState());
      return;
    }
    this.#message.replaceChildren();
    // A new run is what one wants to see, unless an older one was chosen.
    if (!runs.some(({ id }) => id === this.#run)) this.#run = runs.at(-1)?.id ?? null;
    this.#draw();
    void this.#readDetails();
  }

  #draw(): void {
    const dashboard = this.#dashboard;
    if (dashboard === null || dashboard.runs.length === 0) return;
    const { runs } = dashboard;
    const selected = runs.findIndex(({ id }) => id === this.#run);
    const animated = !prefersReducedMotion() && !this.#settings.reducedMotion;
    const choose = (index: number): void => this.#choose(index);
    this.#history.show({ dashboard, runs, selected, animated, choose }, readChartTheme());
  }

  #choose(index: number): void {
    const run = this.#dashboard?.runs[index];
    if (run === undefined || run.id === this.#run) return;
    this.#run = run.id;
    // The newest one stays the newest one when another comes.
    const isNewest = index === (this.#dashboard?.runs.length ?? 0) - 1;
    this.#keeper.change({ run: isNewest ? null : run.id, bucket: null });
    this.#history.select(index);
    this.#begin(run);
    window.clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => void this.#readDetails(), SETTLE_MS);
  }

  /** Shows what is known of a run while the rest is on its way. */
  #begin(run: DashboardRun): void {
    this.#shown = run.id;
    this.#details.replaceChildren(
      ...runHeader(run, this.#actions(run)),
      element('p', { class: 'muted', attributes: { role: 'status' }, text: 'Looking it through…' }),
    );
  }

  async #readDetails(): Promise<void> {
    const run = this.#dashboard?.runs.find(({ id }) => id === this.#run);
    if (run === undefined) return;
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const actions = this.#actions(run);
    const { state } = this.#keeper;
    if (this.#shown !== run.id) this.#begin(run);
    try {
      const details = await this.#connection.request(GetRunDetails, { id: run.id }, reading.signal);
      if (reading.signal.aborted) return;
      const kept = this.#details.contains(document.activeElement);
      this.#details.replaceChildren(...runDetailsView(details, run, state.bucket, actions));
      if (kept) this.#details.querySelector('h2')?.focus();
    } catch (error) {
      if (reading.signal.aborted) return;
      this.#details.replaceChildren(...runHeader(run, actions), failureText(textOf(error)));
    }
  }

  #actions(run: DashboardRun): RunActions {
    const { id } = run;
    const ask = this.#connection;
    const showInChart = (span: number | null): void => {
      const content = {
        panel: 'flame' as const,
        source: { kind: 'run' as const, id },
        span,
        view: null,
      };
      void this.#try(ask.request(OpenPanel, { content }));
    };
    return {
      showInChart,
      accept: (withdraw) => void this.#accept(id, withdraw, true),
      openLine: (finding) => void this.#openLine(id, finding),
      openBucket: (ledger, bucket) => ask.request(GetLedgerBucket, { id, ledger, bucket }),
      openItem: ({ segment, videoId, span }) => {
        if (segment !== null && videoId !== null) {
          void this.#try(ask.request(OpenSegment, { videoId, segment }));
        } else if (span !== null) showInChart(span);
      },
      openedBucket: (bucket) => this.#keeper.change({ bucket }),
    };
  }

  async #accept(id: string, withdraw: boolean, mayUndo: boolean): Promise<void> {
    const answer = await this.#try(
      this.#connection.request(AcceptRuns, { ids: [id], note: null, withdraw }),
    );
    if (answer === null) return;
    const text = withdraw
      ? 'The run is no baseline any more.'
      : '★ Accepted: later runs are held against it.';
    this.#toolbar.tell(text, mayUndo ? () => void this.#accept(id, !withdraw, false) : null);
    await this.load();
  }

  async #openLine(runId: string, finding: number): Promise<void> {
    const answer = await this.#try(this.#connection.request(OpenFinding, { runId, finding }));
    if (answer?.opened === false) {
      this.#connection.notify(TellPerson, { level: 'info', message: answer.reason });
    }
  }

  /** What a person asked for and failed is told to them. */
  async #try<T>(asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      this.#connection.notify(TellPerson, { level: 'error', message: textOf(error) });
      return null;
    }
  }
}

function emptyState(): HTMLElement {
  return stateMessage('graph', 'No runs yet', [
    'Runs of the same work are compared here: where their time went, what they lost, what changed.',
    'Ingest a recording with “Earshot: Ingest YouTube URL” or “Earshot: Try It with a Sample”.',
    'Or profile any program in a terminal: earshot profile run -- COMMAND. Or import a trace or a log: earshot profile import FILE.',
  ]);
}

/** What happened, and what to do about it where somebody knows. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const action = 'action' in error && typeof error.action === 'string' ? ` ${error.action}` : '';
  return `${error.message}${action}`;
}
