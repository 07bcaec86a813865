import { formatNumber } from '../../src/profiler/report/formatNumber.ts';
import { formatAmount } from '../shared/amounts.ts';
import type { ChartFigure } from '../../src/protocol/chart.ts';

/** A value on the axis; its unit stands in the heading unless it is part of the number. */
export function tickText(value: number, unit: string): string {
  if (unit === 'share') return `${formatNumber(Math.round(value * 1000) / 10)} %`;
  const isPart = unit === 's' || unit === 'bytes' || unit === 'By';
  return isPart ? formatAmount(value, unit) : formatNumber(value);
}

/** Its target: `≥ 95.00 %`; empty where there is none. */
export function targetOf({ target, direction, unit }: ChartFigure): string {
  if (target === null) return '';
  return `${direction === 'at-most' ? '≤' : '≥'} ${formatAmount(target, unit)}`;
}

/** Sign and word for whether the target is met. */
export function metLook({ met, target }: Pick<ChartFigure, 'met' | 'target'>): {
  readonly sign: string;
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'unknown';
} {
  if (target === null) return { sign: '', word: 'no target', tone: 'unknown' };
  if (met === null) return { sign: '–', word: 'not measured', tone: 'unknown' };
  return met
    ? { sign: '✓', word: 'met', tone: 'good' }
    : { sign: '✕', word: 'missed', tone: 'bad' };
}
