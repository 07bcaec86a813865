import type { ChartFigure } from '../../src/protocol/chart.ts';
import type { DashboardRun } from '../../src/protocol/runMessages.ts';

/** A figure over the runs. */
export interface FigureCurve {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly direction: ChartFigure['direction'];
  readonly values: readonly (number | null)[];
  readonly targets: readonly (number | null)[];
  readonly met: readonly (boolean | null)[];
  /** As the newest run has it that has it. */
  readonly newest: ChartFigure;
}

/** Said already by another figure of the same runs. */
const SAID_TWICE: ReadonlySet<string> = new Set(['audio-hours-per-hour']);
/** The three faults that such pipelines have come first. */
const FIRST = [
  'text-embeddings-per-second',
  'voice-coverage',
  'voice-embedding-seconds-per-audio-hour',
  'audio-loads',
  'real-time-factor',
];
const MOST_FIGURES = 12;

/** The figures over the runs, those first that miss their target in the newest run. */
export function figureCurves(runs: readonly DashboardRun[]): FigureCurve[] {
  const newest = new Map<string, ChartFigure>();
  for (const { figures } of runs) {
    for (const figure of figures) {
      if (SAID_TWICE.has(figure.name)) continue;
      if (figure.value !== null || !newest.has(figure.name)) newest.set(figure.name, figure);
    }
  }
  const curves = [...newest.values()].map((figure): FigureCurve => {
    const { name, title, unit, direction } = figure;
    const found = runs.map(({ figures }) => figures.find((each) => each.name === name));
    return {
      ...{ name, title, unit, direction, newest: figure },
      values: found.map((each) => each?.value ?? null),
      targets: found.map((each) => each?.target ?? null),
      met: found.map((each) => each?.met ?? null),
    };
  });
  const rank = ({ name, newest: figure }: FigureCurve): number => {
    const place = FIRST.indexOf(name);
    return (figure.met === false ? 0 : 100) + (place === -1 ? FIRST.length : place);
  };
  return curves
    .filter(({ values }) => values.some((value) => value !== null))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_FIGURES);
}
