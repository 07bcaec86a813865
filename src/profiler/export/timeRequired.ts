import { ProfilerError } from '../model/profilerError.ts';
import type { Run } from '../model/run.ts';

/** Throws `export.no-time` for a run that has weights instead of times: a format of time stamps would lie about it. */
export function requireTime(run: Run, format: string): void {
  if (run.weights === null) return;
  const message = `${run.name} has ${run.weights.unit} but no times, so it cannot be written as ${format}.`;
  throw new ProfilerError('export.no-time', message);
}
