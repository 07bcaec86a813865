import { WHOLE_RUN } from '../../src/profiler/verdict/metric.ts';
import { chartCard } from './chartCard.ts';
import type { ChartTheme } from './chartTheme.ts';
import { element } from './element.ts';
import { FigureChart } from './figureChart.ts';
import { figureCurves } from './figureCurves.ts';
import { swatch } from './fills.ts';
import type { Dashboard, HistoryView } from './historyView.ts';
import type { StateKeeper } from './pageState.ts';
import { plainText } from './plainText.ts';
import { signOf } from './sign.ts';
import { StageChart } from './stageChart.ts';
import type { StageMode } from './stageDatasets.ts';

const STAGES = 'stages';
/** Under this the start of processes and models is a good part of the time. */
const SHORT_RECORDING_SECONDS = 300;

/** All charts of a history. Made anew when the theme, the runs or what is shown of them changes. */
export class HistoryPanel {
  readonly root = element('div', { class: 'charts' });
  readonly #keeper: StateKeeper;
  #view: HistoryView | null = null;
  #theme: ChartTheme | null = null;
  #stages: StageChart | null = null;
  #figures: FigureChart[] = [];

  constructor(keeper: StateKeeper) {
    this.#keeper = keeper;
  }

  /** Shows a history. */
  show(view: HistoryView, theme: ChartTheme): void {
    const hadFocus = this.#stages?.plot === document.activeElement;
    this.#destroy();
    this.#view = view;
    this.#theme = theme;
    this.#stages = this.#stageChart(view, theme);
    this.#figures = figureCurves(view.runs).map((curve) => new FigureChart(view, curve, theme));
    this.root.replaceChildren(
      this.#stageCard(this.#stages, view, theme),
      this.#figures.length === 0
        ? noTargets()
        : element(
            'div',
            { class: 'figures' },
            ...this.#figures.map((each) => this.#figureCard(each)),
          ),
    );
    if (hadFocus) this.#stages.plot.focus();
  }

  /** Moves the band to another run. */
  select(index: number): void {
    if (this.#view === null) return;
    this.#view = { ...this.#view, selected: index };
    this.#stages?.select(index);
    for (const chart of this.#figures) chart.select(index);
  }

  clear(): void {
    this.#destroy();
    this.root.replaceChildren();
  }

  #destroy(): void {
    this.#stages?.destroy();
    for (const chart of this.#figures) chart.destroy();
    this.#stages = null;
    this.#figures = [];
  }

  #mode({ dashboard }: HistoryView): StageMode {
    // Times within one another do not add up.
    return this.#keeper.state.mode ?? (dashboard.nested ? 'lines' : 'stacked');
  }

  #stageChart(view: HistoryView, theme: ChartTheme): StageChart {
    const hidden = new Set(this.#keeper.state.hiddenStages);
    return new StageChart(view, theme, this.#mode(view), (stage) => hidden.has(stage));
  }

  #stageCard(chart: StageChart, view: HistoryView, theme: ChartTheme): HTMLElement {
    const isTable = this.#keeper.state.tables.includes(STAGES);
    const perHour = view.dashboard.unit === 's/h' ? ', for each hour of audio' : '';
    return chartCard({
      title: `Stage timings over runs${perHour}`,
      note: this.#stageNotes(view),
      controls: [this.#modeButton(view)],
      canvas: element('div', {}, chart.plot, this.#legend(chart, theme)),
      table: () => chart.table(),
      asTable: isTable,
      onTable: (asTable) => this.#keeper.toggle('tables', STAGES, asTable),
    });
  }

  #modeButton(view: HistoryView): HTMLElement {
    const stacked = this.#mode(view) === 'stacked';
    return element('button', {
      class: 'toggle',
      text: 'Stacked',
      attributes: { type: 'button', 'aria-pressed': String(stacked) },
      onClick: () => {
        this.#keeper.change({ mode: stacked ? 'lines' : 'stacked' });
        this.#again('.chart-controls .toggle');
      },
    });
  }

  #legend(chart: StageChart, theme: ChartTheme): HTMLElement {
    const hidden = new Set(this.#keeper.state.hiddenStages);
    const items = chart.curves.map(({ stage }, place) => {
      const toggle = element(
        'button',
        {
          class: 'legend-item',
          attributes: { type: 'button', 'aria-pressed': String(!hidden.has(stage)) },
          onClick: () => {
            this.#keeper.toggle('hiddenStages', stage, !hidden.has(stage));
            this.#again(`.legend-item:nth-child(${place + 1})`);
          },
        },
        swatch(theme, place),
        element('bdi', { text: plainText(stage, 40) }),
      );
      return toggle;
    });
    const attributes = { role: 'group', 'aria-label': 'Stages that are shown' };
    return element('div', { class: 'legend', attributes }, ...items);
  }

  /** Draws all again, and puts the focus back on what was pressed. */
  #again(selector: string): void {
    if (this.#view === null || this.#theme === null) return;
    this.show(this.#view, this.#theme);
    this.root.querySelector<HTMLElement>(selector)?.focus();
  }

  #stageNotes({ dashboard, runs, choose }: HistoryView): HTMLElement {
    const notes: HTMLElement[] = [];
    if (runs.length === 1) {
      notes.push(
        element('p', {
          text: 'One run so far. Run it again to see what changes; verdicts begin then.',
        }),
      );
    }
    if (
      runs.some(
        ({ audioSeconds }) => audioSeconds !== null && audioSeconds < SHORT_RECORDING_SECONDS,
      )
    ) {
      notes.push(
        element('p', {
          text: 'Recordings under 5 minutes: starting processes and models is a good part of the time.',
        }),
      );
    }
    // A change of the whole run stands for the stages that made it.
    const told = dashboard.changes.filter(({ stage }) => stage === WHOLE_RUN);
    const shown = (told.length > 0 ? told : dashboard.changes).slice(-4);
    const levels = shown.map(({ text, runId, direction }) =>
      element(
        'button',
        {
          class: 'link',
          attributes: { type: 'button' },
          onClick: () => choose(runs.findIndex(({ id }) => id === runId)),
        },
        levelSign(direction),
        ` ${plainText(text, 240)}`,
      ),
    );
    return element('div', { class: 'notes' }, ...notes, ...levels);
  }

  #figureCard(chart: FigureChart): HTMLElement {
    const { name, title } = chart.curve;
    return chartCard({
      title: plainText(title, 90),
      note: chart.note(),
      canvas: chart.plot,
      table: () => chart.table(),
      asTable: this.#keeper.state.tables.includes(name),
      onTable: (asTable) => this.#keeper.toggle('tables', name, asTable),
    });
  }
}

function noTargets(): HTMLElement {
  return element('p', {
    class: 'muted',
    text: 'These runs state no figures and no targets. Limits for stages can be set in earshot.config.json: "targets": { "stage:NAME": SECONDS }.',
  });
}

function levelSign(direction: Dashboard['changes'][number]['direction']): HTMLElement {
  if (direction === 'withheld') return signOf('⊘', 'maybe');
  return direction === 'slower' ? signOf('▲', 'maybe') : signOf('▼', 'good');
}
