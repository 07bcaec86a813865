import type { Chart, Plugin } from 'chart.js';
import type { ChartTheme } from './chartTheme.ts';
import type { VerdictLook } from './verdictText.ts';

/** What is drawn over the columns of the runs. */
export interface RunMarksContent {
  readonly theme: ChartTheme;
  readonly selected: number;
  /** One for each run; empty where a chart shows none. */
  readonly looks: readonly (VerdictLook | null)[];
  /** Runs from which the level was another one. */
  readonly levels: ReadonlySet<number>;
}

/** Height that the signs take above the curves. */
export const SIGN_SPACE = 34;
/** Columns narrower than this have the sign without its word. */
const LEAST_WORD_PIXELS = 74;
/** Narrower ones have none unless it tells of a change. */
const LEAST_SIGN_PIXELS = 14;

/** Draws the selected run as a band, and each run's verdict as a sign with its word above it. */
export function runMarks(content: () => RunMarksContent): Plugin<'bar' | 'line'> {
  return {
    id: 'earshotRunMarks',
    beforeDatasetsDraw: (chart) => drawBand(chart, content()),
    afterDatasetsDraw: (chart) => {
      const marks = content();
      drawLevels(chart, marks);
      drawSigns(chart, marks);
    },
  };
}

function columnOf(chart: Chart<'bar' | 'line'>, index: number): { x: number; width: number } {
  const scale = chart.scales['x'];
  const count = chart.data.labels?.length ?? 1;
  const width = chart.chartArea.width / Math.max(1, count);
  return { x: scale?.getPixelForValue(index) ?? 0, width };
}

function drawBand(chart: Chart<'bar' | 'line'>, { selected, theme }: RunMarksContent): void {
  if (selected < 0) return;
  const { ctx, chartArea } = chart;
  const { x, width } = columnOf(chart, selected);
  const half = Math.max(5, Math.min(width / 2, 60));
  ctx.save();
  ctx.fillStyle = theme.selection;
  ctx.fillRect(x - half, chartArea.top, half * 2, chartArea.height);
  ctx.strokeStyle = theme.focus;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(x - half, chartArea.top + 0.5, half * 2, chartArea.height - 1);
  ctx.restore();
}

function drawLevels(chart: Chart<'bar' | 'line'>, { levels, theme }: RunMarksContent): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.strokeStyle = theme.maybe;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 4]);
  for (const index of levels) {
    const { x, width } = columnOf(chart, index);
    const edge = x - width / 2;
    ctx.beginPath();
    ctx.moveTo(edge, chartArea.top);
    ctx.lineTo(edge, chartArea.bottom);
    ctx.stroke();
  }
  ctx.restore();
}

function drawSigns(chart: Chart<'bar' | 'line'>, { looks, theme }: RunMarksContent): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  looks.forEach((look, index) => {
    if (look === null) return;
    const { x, width } = columnOf(chart, index);
    const tells = look.tone === 'bad' || look.tone === 'maybe' || look.tone === 'good';
    if (width < LEAST_SIGN_PIXELS && !tells) return;
    ctx.fillStyle = colourOf(look, theme);
    ctx.font = `bold ${theme.fontSize + 1}px ${theme.fontFamily}`;
    ctx.fillText(look.sign, x, chartArea.top - 14);
    if (width >= LEAST_WORD_PIXELS) {
      ctx.fillStyle = theme.foreground;
      ctx.font = `${theme.fontSize - 2}px ${theme.fontFamily}`;
      ctx.fillText(look.word, x, chartArea.top - 2);
    }
  });
  ctx.restore();
}

function colourOf({ tone }: VerdictLook, theme: ChartTheme): string {
  switch (tone) {
    case 'bad':
      return theme.bad;
    case 'good':
      return theme.good;
    case 'maybe':
      return theme.maybe;
    default:
      return theme.muted;
  }
}
