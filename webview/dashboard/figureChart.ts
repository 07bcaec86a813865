import { Chart } from 'chart.js';
import { type RunChart, runChartOptions } from './chartSetup.ts';
import type { ChartTheme } from './chartTheme.ts';
import { dataTable } from './dataTable.ts';
import { element } from './element.ts';
import type { FigureCurve } from './figureCurves.ts';
import { formatAmount } from '../shared/amounts.ts';
import { metLook, targetOf, tickText } from './figureText.ts';
import { signOf } from './sign.ts';
import { greatest, timeStep } from './timeStep.ts';
import type { HistoryView } from './historyView.ts';
import { axisLabel, runFooting, runHeading } from './runColumn.ts';
import { runMarks } from './runMarks.ts';

/** A figure over the runs, with the line of its target; values that miss it have another shape and colour. */
export class FigureChart {
  readonly canvas = element('canvas');
  readonly plot: HTMLElement;
  readonly curve: FigureCurve;
  readonly #view: HistoryView;
  readonly #chart: RunChart;
  #selected: number;

  constructor(view: HistoryView, curve: FigureCurve, theme: ChartTheme) {
    this.#view = view;
    this.curve = curve;
    this.#selected = view.selected;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', this.#summary());
    this.plot = element('div', { class: 'plot' }, this.canvas);
    this.#chart = this.#create(theme);
  }

  select(index: number): void {
    this.#selected = index;
    this.#chart.update('none');
  }

  destroy(): void {
    this.#chart.destroy();
  }

  /** The newest value against its target, for under the title. */
  note(): HTMLElement {
    const { newest } = this.curve;
    const { sign, word, tone } = metLook(newest);
    const target = targetOf(newest);
    return element(
      'p',
      { class: 'figure-note' },
      element('strong', { text: formatAmount(newest.value, newest.unit) }),
      ' ',
      sign === '' ? null : signOf(sign, tone),
      target === '' ? 'no target' : ` ${word}, target ${target}`,
    );
  }

  table(): HTMLElement {
    const { values, targets, met, title, unit, newest } = this.curve;
    return dataTable(
      title,
      ['Run', 'Value', 'Target', 'Met'],
      this.#view.runs.map((run, i) => {
        const target = targets[i] ?? null;
        const { sign, word } = metLook({ met: met[i] ?? null, target });
        const cells = [
          { text: axisLabel(run), open: () => this.#view.choose(i) },
          { text: formatAmount(values[i] ?? null, unit) },
          { text: targetOf({ ...newest, target }) || '–' },
          { text: `${sign} ${word}`.trim() },
        ];
        return { cells, selected: i === this.#selected };
      }),
    );
  }

  #summary(): string {
    const { title, values, met, newest, unit } = this.curve;
    const known = values.filter((value) => value !== null);
    const missed = met.filter((each) => each === false).length;
    const range =
      known.length === 0
        ? 'no values'
        : `${known.length} values from ${formatAmount(Math.min(...known), unit)} to ${formatAmount(Math.max(...known), unit)}`;
    const target = targetOf(newest);
    const held = target === '' ? '' : `, target ${target}, missed by ${missed}`;
    return `${title} over the runs: ${range}, newest ${formatAmount(newest.value, unit)}${held}.`;
  }

  #create(theme: ChartTheme): RunChart {
    const { runs, animated, choose } = this.#view;
    const { values, targets, met, title, unit, newest } = this.curve;
    const colourOf = (i: number): string =>
      met[i] === false ? theme.bad : (theme.stages[0] ?? '');
    const hasTarget = targets.some((target) => target !== null);
    return new Chart<'bar' | 'line', (number | null)[], string>(this.canvas, {
      type: 'line',
      data: {
        labels: runs.map(axisLabel),
        datasets: [
          {
            type: 'line' as const,
            label: title,
            data: [...values],
            borderColor: theme.stages[0] ?? theme.foreground,
            borderWidth: 1.5,
            spanGaps: true,
            pointStyle: runs.map((_run, i) => (met[i] === false ? 'crossRot' : 'circle')),
            pointRadius: runs.map((_run, i) =>
              met[i] === false ? (runs.length > 80 ? 3 : 5) : runs.length > 80 ? 1 : 3.5,
            ),
            pointBorderWidth: runs.map((_run, i) => (met[i] === false ? 2.5 : 1)),
            pointBorderColor: runs.map((_run, i) => colourOf(i)),
            pointBackgroundColor: runs.map((_run, i) => colourOf(i)),
          },
          ...(hasTarget
            ? [
                {
                  type: 'line' as const,
                  label: 'target',
                  data: [...targets],
                  borderColor: theme.target,
                  borderDash: [7, 4],
                  borderWidth: 1.5,
                  spanGaps: true,
                  pointRadius: runs.length === 1 ? 6 : 0,
                  pointStyle: 'line' as const,
                },
              ]
            : []),
        ],
      },
      options: runChartOptions({
        ...{ theme, animated, signs: false, stacked: false, choose },
        tick: (value) => tickText(value, unit),
        step: unit === 's' ? timeStep(greatest([...values, ...targets])) : undefined,
        tooltip: (label, value, i) => {
          if (label === 'target') return `target ${targetOf({ ...newest, target: value })}`;
          const look = metLook({ met: met[i] ?? null, target: targets[i] ?? null });
          return `${formatAmount(value, unit)} ${look.sign} ${look.word}`;
        },
        heading: (i) => {
          const run = runs[i];
          return run === undefined ? '' : runHeading(run, i, runs.length);
        },
        footing: (i) => {
          const run = runs[i];
          return run === undefined ? [] : runFooting(run);
        },
      }),
      plugins: [
        runMarks(() => ({ theme, selected: this.#selected, looks: [], levels: new Set() })),
      ],
    });
  }
}
