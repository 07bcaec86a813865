import type { LogTemplate, Measurement } from '../../model/logSummary.ts';
import type { Facts } from './facts.ts';

/** Times that lines of one template state for alike pieces of work. */
export interface LogSeries {
  readonly template: LogTemplate;
  readonly measurements: readonly Measurement[];
  readonly seconds: readonly number[];
}

/** One duration a line for templates with at least five lines; a second duration on a line is something else. */
export function logSeriesOf({ run, statements }: Facts): LogSeries[] {
  const { log } = run;
  if (log === null) return [];
  const byTemplate = new Map<number, Map<number, Measurement | null>>();
  for (const { measurement } of statements.actuals) {
    if (measurement.kind !== 'duration' || measurement.upper !== null) continue;
    const lines = byTemplate.get(measurement.template) ?? new Map<number, Measurement | null>();
    byTemplate.set(measurement.template, lines);
    lines.set(measurement.line, lines.has(measurement.line) ? null : measurement);
  }
  return [...byTemplate].flatMap(([index, lines]): LogSeries[] => {
    const template = log.templates[index];
    const measurements = [...lines.values()].filter((each) => each !== null);
    if (template === undefined || measurements.length < 5) return [];
    if (measurements.length < lines.size) return [];
    return [{ template, measurements, seconds: measurements.map(({ value }) => value ?? 0) }];
  });
}
