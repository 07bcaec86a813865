import { signedText, stepLabel } from '../../../src/profiler/diff/amountText.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { IDLE_STEP } from '../../../src/profiler/diff/waterfall.ts';
import type { WaterfallStepView } from '../../../src/protocol/runMessages.ts';
import { drawableText } from '../../flame/model/drawableText.ts';
import type { DiffResult } from './diffResult.ts';

/** Whether steps of one stage are one bar, or every name of a stage is. */
export type WaterfallGrouping = 'stage' | 'name';

/** A bar of the picture; amounts in nanoseconds or the unit of the weights. */
export interface WaterfallRow {
  readonly kind: 'total-a' | 'total-b' | 'step' | 'idle' | 'others';
  readonly label: string;
  /** Places in the steps of the diff. */
  readonly steps: readonly number[];
  readonly a: number;
  readonly b: number;
  readonly delta: number;
  readonly countA: number;
  readonly countB: number;
  /** Levels between which the bar lies; every bar begins where the one above it ends. */
  readonly from: number;
  readonly to: number;
  /** Part of the whole difference; null where the totals are the same. */
  readonly share: number | null;
}

type Group = Pick<WaterfallRow, 'kind' | 'label' | 'a' | 'b' | 'countA' | 'countB'> & {
  readonly steps: readonly number[];
};

/**
 * The way from the total of A to that of B, the largest change first: at most `top` bars, what is left in one more, so that
 * the bars always sum to the difference exactly. Steps that changed nothing have no bar.
 */
export function waterfallRows(
  { steps, totalA, totalB }: Pick<DiffResult, 'steps' | 'totalA' | 'totalB'>,
  grouping: WaterfallGrouping,
  top: number,
): WaterfallRow[] {
  const changed = groupsOf(steps, grouping)
    .filter(({ a, b }) => a !== b)
    .sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a));
  const shown = changed.slice(0, top);
  const rest = changed.slice(top);
  const [only] = rest;
  if (rest.length === 1 && only !== undefined) shown.push(only);
  else if (rest.length > 1) shown.push(othersOf(rest));
  const difference = totalB - totalA;
  let level = totalA;
  const rows = shown.map((group): WaterfallRow => {
    const delta = group.b - group.a;
    const from = level;
    level += delta;
    const share = difference === 0 ? null : delta / difference;
    return { ...group, delta, from, to: level, share };
  });
  return [totalRow('total-a', totalA), ...rows, totalRow('total-b', totalB)];
}

function totalRow(kind: 'total-a' | 'total-b', total: number): WaterfallRow {
  const before = kind === 'total-a';
  return {
    kind,
    label: before ? 'Total of A' : 'Total of B',
    steps: [],
    a: before ? total : 0,
    b: before ? 0 : total,
    delta: 0,
    countA: 0,
    countB: 0,
    from: 0,
    to: total,
    share: null,
  };
}

function groupsOf(steps: readonly WaterfallStepView[], grouping: WaterfallGrouping): Group[] {
  const groups = new Map<string, Group>();
  steps.forEach((step, place) => {
    const idle = step.name === IDLE_STEP && step.stage === null;
    const byStage = grouping === 'stage' && step.stage !== null;
    const named = drawableText(byStage ? (step.stage ?? '') : stepLabel(step));
    const label = idle ? 'Idle: no span ran' : named;
    const key = JSON.stringify([idle, byStage, byStage ? step.stage : [step.stage, step.name]]);
    const known = groups.get(key);
    groups.set(key, {
      kind: idle ? 'idle' : 'step',
      label,
      steps: [...(known?.steps ?? []), place],
      a: (known?.a ?? 0) + step.a,
      b: (known?.b ?? 0) + step.b,
      countA: (known?.countA ?? 0) + step.countA,
      countB: (known?.countB ?? 0) + step.countB,
    });
  });
  return Array.from(groups.values());
}

function othersOf(groups: readonly Group[]): Group {
  const sum = (of: (group: Group) => number): number =>
    groups.reduce((total, group) => total + of(group), 0);
  return {
    kind: 'others',
    label: `${groups.length} others`,
    steps: groups.flatMap(({ steps }) => steps),
    a: sum(({ a }) => a),
    b: sum(({ b }) => b),
    countA: sum(({ countA }) => countA),
    countB: sum(({ countB }) => countB),
  };
}

/** What the picture accounts for: `The steps explain 100.0 % of +12.3 s; 2.1 % of the changes is time in which no span ran.` */
export function explanationText({
  steps,
  totalA,
  totalB,
  explainedShare,
  unit,
}: Pick<DiffResult, 'steps' | 'totalA' | 'totalB' | 'explainedShare' | 'unit'>): string {
  const difference = totalB - totalA;
  const sum = steps.reduce((total, { delta }) => total + delta, 0);
  const idle =
    explainedShare < 1
      ? ` ${percentText(1 - explainedShare)} of the changes is time in which no span ran.`
      : '';
  if (difference === 0) {
    const moved = steps.some(({ delta }) => delta !== 0);
    return moved ? `What grew and what shrank cancel out.${idle}` : 'No step changed.';
  }
  return `The steps explain ${percentText(sum / difference)} of ${signedText(difference, unit)}.${idle}`;
}

/** A share of 1 with one decimal, never rounded up to a whole that it is not; many times the whole as such. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (Math.abs(percent) >= 1000) return `${formatNumber(Math.round(share))} ×`;
  if (percent < 100 && percent >= 99.95) return '99.9 %';
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  return `${percent.toFixed(1)} %`;
}
