import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartTheme } from './chartTheme.ts';
import { SIGN_SPACE } from './runMarks.ts';

// What is used and nothing else: the rest stays out of the bundle.
Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export type RunChart = Chart<'bar' | 'line', (number | null)[], string>;

/** What the charts of runs have in common. */
export interface RunChartParts {
  readonly theme: ChartTheme;
  readonly animated: boolean;
  /** Leaves room for the signs of the verdicts. */
  readonly signs: boolean;
  readonly stacked: boolean;
  readonly tick: (value: number) => string;
  /** Between ticks; chart.js finds one where it is missing. */
  readonly step: number | undefined;
  readonly tooltip: (dataset: string, value: number | null, index: number) => string;
  readonly heading: (index: number) => string;
  /** Lines after the values: the verdict. */
  readonly footing: (index: number) => string[];
  readonly choose: (index: number) => void;
}

/** Options of a chart with a column for each run. */
export function runChartOptions(parts: RunChartParts): ChartOptions<'bar' | 'line'> {
  const { theme } = parts;
  const font = { family: theme.fontFamily, size: Math.max(10, theme.fontSize - 2) };
  const ticks = { color: theme.muted, font };
  const duration = parts.animated ? 150 : 0;
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: { duration },
    layout: { padding: { top: parts.signs ? SIGN_SPACE : 6, right: 10 } },
    interaction: { mode: 'index', intersect: false },
    onClick: (_event, elements) => {
      const [first] = elements;
      if (first !== undefined) parts.choose(first.index);
    },
    scales: {
      x: {
        stacked: parts.stacked,
        // The first and the last run keep half a column to the edge, in lines as in bars.
        offset: true,
        grid: { display: false },
        border: { color: theme.grid },
        ticks: { ...ticks, maxRotation: 0, autoSkip: true, autoSkipPadding: 12 },
      },
      y: {
        stacked: parts.stacked,
        beginAtZero: true,
        grid: { color: theme.grid, lineWidth: 0.5 },
        border: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: 7,
          ...(parts.step === undefined ? {} : { stepSize: parts.step }),
          callback: (value) => parts.tick(Number(value)),
        },
      },
    },
    plugins: {
      tooltip: {
        animation: { duration },
        backgroundColor: theme.background,
        borderColor: theme.focus,
        borderWidth: 1,
        titleColor: theme.foreground,
        bodyColor: theme.foreground,
        footerColor: theme.foreground,
        titleFont: font,
        bodyFont: font,
        footerFont: { ...font, weight: 'normal' },
        callbacks: {
          title: (items) => parts.heading(items[0]?.dataIndex ?? 0),
          label: ({ dataset, parsed, dataIndex }) =>
            parts.tooltip(dataset.label ?? '', parsed.y, dataIndex),
          footer: (items) => parts.footing(items[0]?.dataIndex ?? 0),
        },
      },
    },
  };
}
