import type { ChartDatasetCustomTypesPerDataset } from 'chart.js';
import type { DashboardRun } from '../../src/protocol/runMessages.ts';
import type { ChartTheme } from './chartTheme.ts';
import { stageColour, stageDash, stageFill, stagePoint } from './fills.ts';
import { plainText } from './plainText.ts';
import type { StageCurve } from './stageCurves.ts';

type Dataset = ChartDatasetCustomTypesPerDataset<'bar' | 'line', (number | null)[]>;

export type StageMode = 'stacked' | 'lines';

/** More points than this have no sign of their own. */
const MOST_POINTS = 80;

interface Segment {
  readonly p0DataIndex: number;
  readonly p1DataIndex: number;
}

/** The whole run, over its stages. */
export function totalLine(runs: readonly DashboardRun[], theme: ChartTheme): Dataset {
  return {
    ...line(
      'whole run',
      'total',
      theme.foreground,
      runs.map(({ seconds }) => seconds),
    ),
    order: -1,
    backgroundColor: theme.background,
    pointStyle: 'rectRot' as const,
    pointRadius: runs.length > MOST_POINTS ? 0 : 3,
    // A run that left stages out is no step of the same curve.
    segment: {
      borderColor: ({ p0DataIndex, p1DataIndex }: Segment) =>
        sameWork(runs[p0DataIndex], runs[p1DataIndex]) ? undefined : 'transparent',
    },
  };
}

function sameWork(a: DashboardRun | undefined, b: DashboardRun | undefined): boolean {
  return a?.reused.join('\n') === b?.reused.join('\n');
}

/** What was allowed: the target, dashed. */
export function allowedLine(allowed: readonly (number | null)[], theme: ChartTheme): Dataset {
  return {
    ...line('allowed', 'allowed', theme.bad, allowed),
    order: -1,
    borderDash: [7, 4],
    borderWidth: 2,
    pointStyle: 'line' as const,
    pointRadius: allowed.length === 1 ? 12 : 0,
    pointBorderWidth: 3,
  };
}

/**
 * A stage as bars that are stacked, or as a line with what it was allowed, where somebody said.
 *
 * @param withLimit false where the limit is drawn already
 */
export function stageDatasets(
  { stage, values, allowed }: StageCurve,
  place: number,
  theme: ChartTheme,
  mode: StageMode,
  withLimit: boolean,
): Dataset[] {
  const label = plainText(stage, 40);
  if (mode === 'stacked') return [bars(label, values, place, theme)];
  const colour = stageColour(theme, place);
  const own = {
    ...line(label, `stage ${place}`, colour, values),
    borderDash: stageDash(place),
    pointStyle: stagePoint(place),
    pointRadius: values.length > MOST_POINTS ? 0 : 4,
  };
  if (!withLimit || allowed.every((value) => value === null)) return [own];
  const limit = {
    ...line(`${label}, allowed`, `allowed ${place}`, colour, allowed),
    borderDash: [1, 4],
    borderWidth: 2,
    pointStyle: 'line' as const,
    pointRadius: allowed.length === 1 ? 12 : 0,
    pointBorderWidth: 3,
  };
  return [own, limit];
}

/** @param stack a line of its own has one of its own: what shares one is added up */
function line(label: string, stack: string, colour: string, values: readonly (number | null)[]) {
  return {
    type: 'line' as const,
    label,
    stack,
    data: [...values],
    borderColor: colour,
    pointBorderColor: colour,
    backgroundColor: colour,
    borderWidth: 1.5,
    spanGaps: true,
  };
}

function bars(label: string, values: readonly (number | null)[], place: number, theme: ChartTheme) {
  return {
    type: 'bar' as const,
    label,
    data: [...values],
    stack: 'stages',
    backgroundColor: stageFill(theme, place),
    borderColor: theme.background,
    borderWidth: { top: 1 },
    maxBarThickness: 72,
    categoryPercentage: 0.8,
    barPercentage: 0.9,
  };
}
