import { NO_VALUE, formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { ratioText } from './changeWords.ts';
import type { DiffResult } from './diffResult.ts';

type Counter = DiffResult['counters'][number];

/** Beginnings of the names of counters, and what they are called for people. */
const TITLES: readonly (readonly [beginning: string, title: string])[] = [
  ['loads:', 'Loads of '],
  ['dropped:', 'Dropped: '],
  ['ledger:', 'Ledger '],
  ['itemsIn', 'Items in'],
  ['itemsOut', 'Items out'],
  ['batchSize', 'Batch size'],
  ['deviceAsked', 'Device asked for'],
  ['deviceUsed', 'Device used'],
];

/** An exact figure that differs, as texts. */
export interface CounterTexts {
  readonly title: string;
  readonly stage: string;
  readonly a: string;
  readonly b: string;
  readonly change: string;
}

/** What a counter is called, and what it was before and after. */
export function counterTexts({ stage, counter, a, b }: Counter): CounterTexts {
  const known = TITLES.find(([beginning]) => counter.startsWith(beginning));
  const title = known === undefined ? counter : known[1] + counter.slice(known[0].length);
  const numbers = typeof a === 'number' && typeof b === 'number';
  return {
    title,
    stage: stage ?? '',
    a: figureText(a),
    b: figureText(b),
    change: numbers ? ratioText(a, b) : a === null ? 'new' : b === null ? 'gone' : 'changed',
  };
}

function figureText(value: number | string | null): string {
  return typeof value === 'number' ? formatNumber(value) : (value ?? NO_VALUE);
}
