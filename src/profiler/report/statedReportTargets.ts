import { type StatedTarget, type Statements, isMet } from '../diagnosis/facts/statements.ts';
import { isRealTimeFactor } from '../diagnosis/facts/quantities.ts';
import type { Run } from '../model/run.ts';
import type { ReportTarget } from './runAnalysis.ts';

/** The targets that the log lines of a run state, with the figures that say what became of them. */
export function statedReportTargets(run: Run, { targets }: Statements): ReportTarget[] {
  return targets.map((target) => {
    const { measurement, direction, actual, quantity } = target;
    const file = run.log?.files[measurement.file] ?? '';
    const name = nameOf(target);
    return {
      name,
      title: name,
      target: direction === 'at-most' ? target.high : target.low,
      actual: actual === null ? null : direction === 'at-most' ? actual.high : actual.low,
      met: actual === null ? null : isMet(target, actual),
      direction,
      ...(target.low < target.high ? { range: [target.low, target.high] as const } : {}),
      unit: quantity === 'duration' ? 's' : quantity === 'share' ? quantity : measurement.unit,
      from: `${file}:${measurement.line}`,
    };
  });
}

/** The words of the target, or those of what it is about. */
function nameOf({ measurement, actual, quantity }: StatedTarget): string {
  const own = measurement.label.trim();
  if (quantity === 'hours per hour' && isRealTimeFactor(own, '')) return 'hours of input an hour';
  if (own !== '') return own;
  const ofActual = actual?.measurement.label.trim() ?? '';
  return ofActual === '' ? quantity : ofActual;
}
