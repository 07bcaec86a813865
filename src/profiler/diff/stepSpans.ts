import { type Run, spanCount } from '../model/run.ts';
import type { Alignment } from './alignRuns.ts';
import { type StepLabels, stepKey, stepLabels } from './stepLabels.ts';
import type { WaterfallStep } from './waterfall.ts';

/** Finds the spans that the steps of an account of a difference are made of. */
export class StepSpans {
  readonly #a: Run;
  readonly #b: Run;
  readonly #alignment: Alignment;
  #labels: StepLabels | undefined;

  constructor(a: Run, b: Run, alignment: Alignment) {
    this.#a = a;
    this.#b = b;
    this.#alignment = alignment;
  }

  /** Spans of either run that are counted under any of the steps, in the order of their starts; none of idle time. */
  of(steps: readonly Pick<WaterfallStep, 'stage' | 'name'>[]): {
    readonly a: Uint32Array;
    readonly b: Uint32Array;
  } {
    this.#labels ??= stepLabels(this.#a, this.#b, this.#alignment);
    const keys = new Set(steps.map(({ stage, name }) => stepKey(stage, name)));
    return { a: placesOf(this.#labels.a, keys), b: placesOf(this.#labels.b, keys) };
  }
}

function placesOf(labels: readonly string[], keys: ReadonlySet<string>): Uint32Array {
  const places: number[] = [];
  labels.forEach((label, span) => {
    if (keys.has(label)) places.push(span);
  });
  return Uint32Array.from(places);
}

/**
 * Stretches of time in which no span of a run runs, between its first start and its last end: `from` and `to` in
 * nanoseconds after the epoch, as parallel columns. None in a run without time.
 */
export function idleStretches(run: Run): {
  readonly from: Float64Array;
  readonly to: Float64Array;
} {
  const { startNs, durationNs } = run.spans;
  const from: number[] = [];
  const to: number[] = [];
  let reached = startNs[0] ?? 0;
  const reach = (start: number): void => {
    if (start <= reached) return;
    from.push(reached);
    to.push(start);
    reached = start;
  };
  for (let span = 0; span < spanCount(run) && run.weights === null; span += 1) {
    const start = startNs[span] ?? 0;
    const duration = durationNs[span] ?? 0;
    if (duration === 0) continue;
    reach(start);
    reached = Math.max(reached, start + duration);
  }
  // A last span without a length may still lie behind the last end.
  if (run.weights === null) reach(startNs[startNs.length - 1] ?? reached);
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}
