import { type Run, spanCount, spanName } from '../model/run.ts';
import type { Alignment } from './alignRuns.ts';
import { nameTemplate } from './sharedNames.ts';
import { stageLabels } from './stageLabels.ts';
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

/** Names that differ in numbers only are one step where there are more of them than this. */
const MAX_NUMBERED_NAMES = 12;

interface Share {
  readonly amount: number;
  readonly count: number;
}

type SharesByLabel = Map<string, Share>;

/** Explains the difference of two runs by what their spans contributed to the wall time, or to the weights. */
export function waterfallOf(a: Run, b: Run, alignment: Alignment): Waterfall {
  const labels = labelsOf(a, b, alignment);
  const sharesA = sharesOf(a, labels.a);
  const sharesB = sharesOf(b, labels.b);
  const steps: WaterfallStep[] = [];
  for (const key of new Set([...sharesA.keys(), ...sharesB.keys()])) {
    const inA = sharesA.get(key) ?? { amount: 0, count: 0 };
    const inB = sharesB.get(key) ?? { amount: 0, count: 0 };
    const [stage, name] = JSON.parse(key) as [string | null, string];
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

interface Labels {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

/** What each span is counted under. A span that was renamed is counted under both names at once. */
function labelsOf(a: Run, b: Run, { pairA, pairB }: Alignment): Labels {
  const many = manyNumbered([a, b]);
  const shown = (name: string): string => {
    const template = nameTemplate(name);
    return many.has(template) ? template : name;
  };
  const named = (run: Run): string[] => {
    const texts = new Map<number, string>();
    return Array.from(run.spans.nameId, (id, span) => {
      const text = texts.get(id) ?? shown(spanName(run, span));
      texts.set(id, text);
      return text;
    });
  };
  const namesA = named(a);
  const namesB = named(b);
  pairA.forEach((spanA, i) => {
    const spanB = pairB[i] ?? 0;
    const before = namesA[spanA] ?? '';
    const after = namesB[spanB] ?? '';
    if (nameTemplate(before) === nameTemplate(after)) return;
    namesA[spanA] = namesB[spanB] = `${before} → ${after}`;
  });
  const keyed = (run: Run, names: readonly string[]): string[] => {
    const stages = stageLabels(run);
    return names.map((name, span) => JSON.stringify([stages[span] ?? null, name]));
  };
  return { a: keyed(a, namesA), b: keyed(b, namesB) };
}

function manyNumbered(runs: readonly Run[]): Set<string> {
  const names = new Map<string, Set<string>>();
  for (const run of runs) {
    for (const id of new Set(run.spans.nameId)) {
      const name = run.strings[id] ?? '';
      const template = nameTemplate(name);
      if (template !== name) names.set(template, (names.get(template) ?? new Set()).add(name));
    }
  }
  const many = Array.from(names).filter(([, each]) => each.size > MAX_NUMBERED_NAMES);
  return new Set(many.map(([template]) => template));
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
  if (wall.idleNs > 0) add(JSON.stringify([null, IDLE_STEP]), wall.idleNs, 0);
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
