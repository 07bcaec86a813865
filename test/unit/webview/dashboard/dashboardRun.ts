import type { ChartFigure } from '../../../../src/protocol/chart.ts';
import type { DashboardRun } from '../../../../src/protocol/runMessages.ts';

/** A run as the worker tells of it. */
export function dashboardRun(
  stages: Readonly<Record<string, number>>,
  changes: Partial<DashboardRun> = {},
): DashboardRun {
  return {
    ...{ id: 'r', name: 'talk', kind: 'ingest', series: 'talk', status: 'done' },
    ...{ startedAt: '2026-11-23T07:53:00', bytes: 1, accepted: false, videoId: null },
    ...{ audioSeconds: 600, reused: [], figures: [], verdict: null },
    seconds: Object.values(stages).reduce((sum, each) => sum + each, 0),
    stages: Object.entries(stages).map(([stage, seconds]) => ({
      ...{ stage, seconds, expectedSeconds: null, verdict: null },
    })),
    ...changes,
  };
}

export function figure(
  name: string,
  value: number | null,
  changes: Partial<ChartFigure> = {},
): ChartFigure {
  return {
    ...{ name, title: name, value, unit: 'share', target: 0.9, direction: 'at-least' },
    met: value === null ? null : value >= 0.9,
    ...changes,
  };
}
