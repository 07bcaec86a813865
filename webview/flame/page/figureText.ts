import type { ChartFigure } from '../../../src/protocol/chart.ts';
import { formatAmount } from '../../shared/amounts.ts';

/** A figure in words: its value, and how it stands to its target, which is empty without one. */
export interface FigureText {
  readonly title: string;
  readonly value: string;
  /** `≤ 40 min 00 s`; empty without a target. */
  readonly limit: string;
  /** `met, at most 40 min 00 s`. */
  readonly verdict: string;
}

export function figureText({
  title,
  value,
  unit,
  target,
  direction,
  met,
}: ChartFigure): FigureText {
  const limit = target === null ? '' : formatAmount(target, unit);
  const word = met === null ? 'target' : met ? 'met' : 'missed';
  return {
    title,
    value: formatAmount(value, unit),
    limit: limit === '' ? '' : `${direction === 'at-most' ? '≤' : '≥'} ${limit}`,
    verdict:
      limit === '' ? '' : `${word}, ${direction === 'at-most' ? 'at most' : 'at least'} ${limit}`,
  };
}
