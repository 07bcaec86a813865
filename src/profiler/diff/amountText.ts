import { NS_PER_SECOND } from '../model/units.ts';
import { formatBytes, formatNumber, formatSeconds } from '../report/formatNumber.ts';
import type { WaterfallStep } from './waterfall.ts';

/** An amount of a run with its unit; `ns` as seconds, bytes in decimal units. */
export function amountText(amount: number, unit: string): string {
  const text = sizeText(Math.abs(amount), unit);
  return amount < 0 ? `-${text}` : text;
}

function sizeText(size: number, unit: string): string {
  if (unit === 'ns' || unit === 'nanoseconds') return formatSeconds(size / NS_PER_SECOND);
  return unit === 'bytes' ? formatBytes(size) : `${formatNumber(size)} ${unit}`;
}

/** The same with its sign, also where it is positive. */
export function signedText(amount: number, unit: string): string {
  return amount > 0 ? `+${amountText(amount, unit)}` : amountText(amount, unit);
}

/** Stage and name of a step in one text. */
export function stepLabel({ stage, name }: Pick<WaterfallStep, 'stage' | 'name'>): string {
  return stage === null || name === `stage:${stage}` ? name : `${stage} · ${name}`;
}
