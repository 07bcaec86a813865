import type { ChartFigure } from '../../protocol/chart.ts';
import type { ReportTarget } from '../../profiler/report/runAnalysis.ts';
import type { Target } from '../../profiler/report/targets.ts';
import { WHOLE_RUN } from '../../profiler/verdict/metric.ts';
import { RELOADS } from '../../profiler/verdict/statedMetrics.ts';
import { FIGURE_TITLES } from './figureTitles.ts';
import type { RunDigest } from './runDigest.ts';

/** Figures of a program that states no target for them. */
const MOST_UNSTATED = 6;

/** The figures of a run, each against its target: of an ingest those that are held to targets, else what it states itself. */
export function figuresOf(digest: RunDigest, targets: readonly Target[]): ChartFigure[] {
  if (digest.measured.size > 0) {
    return targets.map(({ name, title, unit, limit, direction }) => {
      const value = digest.measured.get(name) ?? null;
      return {
        name,
        title: FIGURE_TITLES.get(name) ?? title,
        value,
        unit,
        target: limit,
        direction,
        met: isMet(value, limit, direction),
      };
    });
  }
  const stated = new Map<string, ChartFigure>();
  for (const target of digest.stated) {
    const figure = statedFigure(target);
    // A target may be said again and again: the first time that tells what became of it counts.
    if ((stated.get(figure.name)?.value ?? null) === null) stated.set(figure.name, figure);
  }
  const unstated = unstatedFigures(digest).filter(
    // The same share that a target was stated for already.
    ({ unit, value }) =>
      unit !== 'share' ||
      ![...stated.values()].some((each) => each.unit === 'share' && each.value === value),
  );
  return [...stated.values(), ...unstated.slice(0, MOST_UNSTATED)];
}

function isMet(
  value: number | null,
  limit: number,
  direction: Target['direction'],
): boolean | null {
  if (value === null) return null;
  return direction === 'at-most' ? value <= limit : value >= limit;
}

function statedFigure(target: ReportTarget): ChartFigure {
  const { name, title, actual, unit, direction, met } = target;
  // Several things may be said in the same words: the limit tells them apart.
  const key = `stated:${name}:${unit}:${direction}:${target.target}`;
  return { name: key, title, value: actual, unit, target: target.target, direction, met };
}

/** Coverage, throughput and repeated loads that the run tells of. */
function unstatedFigures({ facts }: RunDigest): ChartFigure[] {
  const { exact, measured } = facts.metrics;
  const titled = (stage: string, what: string): string =>
    stage === WHOLE_RUN ? what : `${stage}: ${what}`;
  const untargeted = { target: null, met: null };
  return [
    ...exact.flatMap(({ stage, metric, kind, value, unit }): ChartFigure[] => {
      if (typeof value !== 'number') return [];
      if (kind === 'coverage') {
        const title = titled(stage, 'coverage');
        const name = `coverage:${stage}`;
        return [{ name, title, value, unit: 'share', direction: 'at-least', ...untargeted }];
      }
      const loads = kind === 'loads' ? loadsTitle(metric, value) : null;
      if (loads === null) return [];
      return [{ name: metric, title: loads, value, unit, direction: 'at-most', ...untargeted }];
    }),
    ...measured.flatMap(({ stage, kind, values, unit }): ChartFigure[] => {
      const [value] = values;
      if (kind !== 'rate' || value === undefined) return [];
      const title = titled(stage, 'throughput');
      return [
        { name: `throughput:${stage}`, title, value, unit, direction: 'at-least', ...untargeted },
      ];
    }),
  ];
}

/** Null where a resource was loaded once only, which is what it takes. */
function loadsTitle(metric: string, value: number): string | null {
  if (metric.startsWith(RELOADS)) {
    return value > 0 ? `Repeated loads of ${metric.slice(RELOADS.length)}` : null;
  }
  return value > 1 ? `Loads of ${metric.replace(/^loads:/u, '')}` : null;
}
