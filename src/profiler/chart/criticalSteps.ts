import { type Run, spanName } from '../model/run.ts';
import type { SpanIndex } from '../model/units.ts';
import { type CriticalPath, pathLength } from './criticalPath.ts';
import { cutText } from './cutText.ts';

/** A stretch of the critical path. */
export interface PathStep {
  readonly span: SpanIndex;
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
}

/** The steps of a path in order; of more than `limit` the longest. `totalNs` is the length of all. */
export function criticalSteps(
  run: Run,
  path: CriticalPath,
  limit: number,
): { steps: PathStep[]; totalNs: number } {
  const lengthOf = (at: number): number => (path.toNs[at] ?? 0) - (path.fromNs[at] ?? 0);
  let shown = Array.from(path.span.keys());
  if (shown.length > limit) {
    shown = shown.sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, limit);
    shown.sort((a, b) => a - b);
  }
  const steps = shown.map((at) => {
    const span = path.span[at] ?? 0;
    const fromNs = path.fromNs[at] ?? 0;
    return { span, name: cutText(spanName(run, span)), fromNs, toNs: path.toNs[at] ?? 0 };
  });
  return { steps, totalNs: pathLength(path) };
}
