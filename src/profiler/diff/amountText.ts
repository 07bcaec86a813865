import { NS_PER_SECOND } from '../model/units.ts';
import { formatNumber, formatSeconds } from '../report/formatNumber.ts';
import type { WaterfallStep } from './waterfall.ts';

/** An amount of a run with its unit; `ns` as seconds. */
export function amountText(amount: number, unit: string): string {
  if (unit !== 'ns' && unit !== 'nanoseconds') return `${formatNumber(amount)} ${unit}`;
  const text = formatSeconds(Math.abs(amount) / NS_PER_SECOND);
  return amount < 0 ? `-${text}` : text;
}

/** The same with its sign, also where it is positive. */
export function signedText(amount: number, unit: string): string {
  return amount > 0 ? `+${amountText(amount, unit)}` : amountText(amount, unit);
}

/** Stage and name of a step in one text. */
export function stepLabel({ stage, name }: Pick<WaterfallStep, 'stage' | 'name'>): string {
  return stage === null || name === `stage:${stage}` ? name : `${stage} · ${name}`;
}
