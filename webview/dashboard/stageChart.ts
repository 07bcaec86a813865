import { Chart } from 'chart.js';
import { formatSeconds } from '../../src/profiler/report/formatNumber.ts';
import { WHOLE_RUN } from '../../src/profiler/verdict/metric.ts';
import { type RunChart, runChartOptions } from './chartSetup.ts';
import type { ChartTheme } from './chartTheme.ts';
import { type TableCell, dataTable } from './dataTable.ts';
import { element } from './element.ts';
import type { HistoryView } from './historyView.ts';
import { plainText } from './plainText.ts';
import { axisLabel, runFooting, runHeading } from './runColumn.ts';
import { runMarks } from './runMarks.ts';
import { type StageCurve, allowedTotals, stageCurves } from './stageCurves.ts';
import { type StageMode, allowedLine, stageDatasets, totalLine } from './stageDatasets.ts';
import { greatest, timeStep } from './timeStep.ts';
import { runLook } from './verdictText.ts';

/** The times of the stages over the runs, with each run's verdict above it. */
export class StageChart {
  readonly canvas = element('canvas');
  readonly plot: HTMLElement;
  readonly #view: HistoryView;
  readonly #theme: ChartTheme;
  readonly #chart: RunChart;
  readonly curves: readonly StageCurve[];
  #selected: number;

  constructor(
    view: HistoryView,
    theme: ChartTheme,
    mode: StageMode,
    isHidden: (stage: string) => boolean,
  ) {
    this.#view = view;
    this.#theme = theme;
    this.#selected = view.selected;
    this.curves = stageCurves(view.runs, view.dashboard.nested);
    this.canvas.setAttribute('aria-hidden', 'true');
    this.plot = this.#plot();
    this.#chart = this.#create(mode, isHidden);
  }

  /** Moves the band to another run. */
  select(index: number): void {
    this.#selected = index;
    this.#describe();
    this.#chart.update('none');
  }

  destroy(): void {
    this.#chart.destroy();
  }

  /** The same as a table. */
  table(): HTMLElement {
    const { runs, choose } = this.#view;
    const columns = ['Run', 'Verdict', 'Whole run', ...this.curves.map(({ stage }) => stage)];
    return dataTable(
      `Stage timings${this.#perHour() ? ', for each hour of audio' : ''}`,
      columns.map((column) => plainText(column, 60)),
      runs.map((run, i) => {
        const look = runLook(run);
        const cells: TableCell[] = [
          { text: axisLabel(run), open: () => choose(i) },
          { text: look === null ? '–' : `${look.sign} ${look.word}` },
          { text: formatSeconds(run.seconds) },
          ...this.curves.map(({ values }) => ({ text: formatSeconds(values[i] ?? null) })),
        ];
        return { cells, selected: i === this.#selected };
      }),
    );
  }

  #perHour(): boolean {
    return this.#view.dashboard.unit === 's/h';
  }

  /** The chart is one stop for the keyboard: arrows choose the run, as on a slider. */
  #plot(): HTMLElement {
    const { runs, choose } = this.#view;
    const plot = element(
      'div',
      {
        class: 'plot tall',
        attributes: {
          role: 'slider',
          tabindex: '0',
          'aria-label': 'Stage timings of the runs. Arrow keys choose a run.',
          'aria-valuemin': '1',
          'aria-valuemax': String(runs.length),
        },
      },
      this.canvas,
    );
    plot.addEventListener('keydown', (event) => {
      const steps: Readonly<Record<string, number>> = {
        ArrowLeft: this.#selected - 1,
        ArrowDown: this.#selected - 1,
        ArrowRight: this.#selected + 1,
        ArrowUp: this.#selected + 1,
        PageUp: this.#selected + 10,
        PageDown: this.#selected - 10,
        Home: 0,
        End: runs.length - 1,
      };
      const wanted = steps[event.key];
      if (wanted === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      choose(Math.max(0, Math.min(runs.length - 1, wanted)));
    });
    this.#describe(plot);
    return plot;
  }

  #describe(plot: HTMLElement = this.plot): void {
    const run = this.#view.runs[this.#selected];
    const count = this.#view.runs.length;
    plot.setAttribute('aria-valuenow', String(Math.max(1, this.#selected + 1)));
    const look = run === undefined ? null : runLook(run);
    plot.setAttribute(
      'aria-valuetext',
      run === undefined
        ? 'No run chosen'
        : `${runHeading(run, this.#selected, count)}, ${formatSeconds(run.seconds)}${look === null ? '' : `, ${look.word}`}`,
    );
  }

  #create(mode: StageMode, isHidden: (stage: string) => boolean): RunChart {
    const { runs, dashboard, animated, choose } = this.#view;
    const theme = this.#theme;
    const stacked = mode === 'stacked';
    const shown = this.curves.filter(({ stage }) => !isHidden(stage));
    const onlyOne = shown.length === 1 ? shown[0] : undefined;
    const allowed = onlyOne?.allowed ?? allowedTotals(runs, dashboard.unit);
    const levels = new Set(
      dashboard.changes
        .filter(({ stage }) => stage === (onlyOne?.stage ?? WHOLE_RUN))
        .map(({ runId }) => runs.findIndex(({ id }) => id === runId)),
    );
    const looks = runs.map(runLook);
    return new Chart<'bar' | 'line', (number | null)[], string>(this.canvas, {
      type: 'bar',
      data: {
        labels: runs.map(axisLabel),
        datasets: [
          ...(onlyOne === undefined ? [totalLine(runs, theme)] : []),
          ...(greatest(allowed) > 0 ? [allowedLine(allowed, theme)] : []),
          ...this.curves.flatMap((curve, place) => {
            if (isHidden(curve.stage)) return [];
            const withLimit = curve !== onlyOne;
            return stageDatasets(curve, place, theme, mode, withLimit);
          }),
        ],
      },
      options: runChartOptions({
        ...{ theme, animated, signs: true, stacked, choose },
        tick: formatSeconds,
        step: timeStep(greatest([...runs.map(({ seconds }) => seconds), ...allowed])),
        tooltip: (label, value) => `${label}: ${formatSeconds(value)}`,
        heading: (i) => withRun(runs[i], (run) => runHeading(run, i, runs.length), ''),
        footing: (i) => withRun(runs[i], runFooting, []),
      }),
      plugins: [runMarks(() => ({ theme, selected: this.#selected, looks, levels }))],
    });
  }
}

function withRun<R, T>(run: R | undefined, told: (run: R) => T, otherwise: T): T {
  return run === undefined ? otherwise : told(run);
}
