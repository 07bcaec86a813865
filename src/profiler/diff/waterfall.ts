import { type Run, spanCount } from '../model/run.ts';
import type { Alignment } from './alignRuns.ts';
import { stepKey, stepLabels, stepOfKey } from './stepLabels.ts';
import { wallShares } from './wallShares.ts';

/** One step of the way from the total of A to the total of B. */
export interface WaterfallStep {
  /** The stage in which its spans lie, or null. */
  readonly stage: string | null;
  /** Name of its spans, with `#` for numbers where there are many such names; `(idle)` for time without any span. */
  readonly name: string;
  /** What it contributed to the total of either run: nanoseconds, or the unit of the weights. Whole numbers. */
  readonly a: number;
  readonly b: number;
  /** `b - a`. */
  readonly delta: number;
  /** Spans in either run. */
  readonly countA: number;
  readonly countB: number;
}

/** An account of the difference of two totals that leaves nothing over. */
export interface Waterfall {
  readonly totalA: number;
  readonly totalB: number;
  /** Sums to the difference of the totals exactly; the largest step first, idle time among them. */
  readonly steps: readonly WaterfallStep[];
  /** Share of all that changed, up or down, that lies in spans and not in time without any; from 0 to 1. */
  readonly explainedShare: number;
}

/** Name of the step for time in which no span ran. */
export const IDLE_STEP = '(idle)';

interface Share {
  readonly amount: number;
  readonly count: number;
}

type SharesByLabel = Map<string, Share>;

/** Explains the difference of two runs by what their spans contributed to the wall time, or to the weights. */
export function waterfallOf(a: Run, b: Run, alignment: Alignment): Waterfall {
  const labels = stepLabels(a, b, alignment);
  const sharesA = sharesOf(a, labels.a);
  const sharesB = sharesOf(b, labels.b);
  const steps: WaterfallStep[] = [];
  for (const key of new Set([...sharesA.keys(), ...sharesB.keys()])) {
    const inA = sharesA.get(key) ?? { amount: 0, count: 0 };
    const inB = sharesB.get(key) ?? { amount: 0, count: 0 };
    const [stage, name] = stepOfKey(key);
    const delta = inB.amount - inA.amount;
    const counts = { countA: inA.count, countB: inB.count };
    steps.push({ stage, name, a: inA.amount, b: inB.amount, delta, ...counts });
  }
  steps.sort((x, y) => Math.abs(y.delta) - Math.abs(x.delta) || y.b - x.b);
  const sum = (of: (step: WaterfallStep) => number): number =>
    steps.reduce((total, step) => total + of(step), 0);
  const changed = sum(({ delta }) => Math.abs(delta));
  const idle = sum(({ name, delta }) => (name === IDLE_STEP ? Math.abs(delta) : 0));
  return {
    totalA: sum((step) => step.a),
    totalB: sum((step) => step.b),
    steps,
    explainedShare: changed === 0 ? 1 : 1 - idle / changed,
  };
}

/** Contributions by label. Those of a run with time are whole nanoseconds that sum to the wall time. */
function sharesOf(run: Run, labels: readonly string[]): SharesByLabel {
  const wall = run.weights === null ? wallShares(run) : null;
  const share = run.weights?.self ?? wall?.shareNs ?? new Float64Array(0);
  const amounts: SharesByLabel = new Map();
  const add = (label: string, amount: number, count: number): void => {
    const known = amounts.get(label) ?? { amount: 0, count: 0 };
    amounts.set(label, { amount: known.amount + amount, count: known.count + count });
  };
  for (let span = 0; span < spanCount(run); span += 1) add(labels[span] ?? '', share[span] ?? 0, 1);
  if (wall === null) return amounts;
  if (wall.idleNs > 0) add(stepKey(null, IDLE_STEP), wall.idleNs, 0);
  return wholeNanoseconds(amounts, Math.round(wall.wallNs));
}

/** Rounds where the running sum passes whole numbers, so that the sum of all is the total. */
function wholeNanoseconds(amounts: SharesByLabel, totalNs: number): SharesByLabel {
  const whole: SharesByLabel = new Map();
  let exact = 0;
  let given = 0;
  let left = amounts.size;
  for (const [label, { amount, count }] of amounts) {
    exact += amount;
    left -= 1;
    const until = left === 0 ? totalNs : Math.min(Math.round(exact), totalNs);
    whole.set(label, { amount: until - given, count });
    given = until;
  }
  return whole;
}
