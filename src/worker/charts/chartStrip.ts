import type { ChartFigure } from '../../protocol/chart.ts';
import { isStageTarget } from '../../pipeline/config/stageTarget.ts';
import type { ReportTarget, RunAnalysis } from '../../profiler/report/runAnalysis.ts';
import { FIGURE_TITLES } from '../dashboard/figureTitles.ts';

/** Figures that a strip has room for. */
const MOST_FIGURES = 12;

/**
 * The figures of a whole run, each beside its target: how long it took, then those of an ingest, or what another program
 * states of itself. Limits of stages are not among them: they are drawn at the stage.
 */
export function stripOf({
  seconds,
  targets,
}: Pick<RunAnalysis, 'seconds' | 'targets'>): ChartFigure[] {
  const figures = new Map<string, ChartFigure>();
  for (const target of targets) {
    if (isStageTarget(target.name)) continue;
    // Several things may be said in the same words: the limit tells them apart, and the first that was judged counts.
    const key = JSON.stringify([target.name, target.unit, target.direction, target.target]);
    if ((figures.get(key)?.value ?? null) === null) figures.set(key, figureOf(target));
  }
  const total = totalFigure(seconds);
  const told = [...figures.values()].sort(
    (a, b) => Number(a.value === null) - Number(b.value === null),
  );
  return (total === null ? told : [total, ...told]).slice(0, MOST_FIGURES);
}

/** How long a run took; null for one without time order. */
export function totalFigure(seconds: number | null): ChartFigure | null {
  if (seconds === null) return null;
  const untargeted = { target: null, direction: 'at-most', met: null } as const;
  return { name: 'total', title: 'Total', value: seconds, unit: 's', ...untargeted };
}

function figureOf({
  name,
  title,
  actual,
  unit,
  target,
  direction,
  met,
}: ReportTarget): ChartFigure {
  return {
    name,
    title: FIGURE_TITLES.get(name) ?? title,
    value: actual,
    unit,
    target,
    direction,
    met,
  };
}
