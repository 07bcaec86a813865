import type { CounterChange } from './counterChanges.ts';

/** Kinds of counters by their beginnings, the most telling first: what is loaded again costs most and is seen least. */
const MOST_TELLING = [
  'loads:',
  'deviceUsed',
  'deviceAsked',
  'dropped:',
  'itemsOut',
  'itemsIn',
  'batchSize',
  'ledger:',
] as const;

/** Changes of counters as a person should read them: repeated loads first, of one kind the greatest change first. */
export function mostTellingFirst(changes: readonly CounterChange[]): CounterChange[] {
  return changes
    .map((change) => ({ change, rank: rankOf(change.counter), size: sizeOf(change) }))
    .sort((x, y) => x.rank - y.rank || y.size - x.size)
    .map(({ change }) => change);
}

function rankOf(counter: string): number {
  const rank = MOST_TELLING.findIndex((beginning) => counter.startsWith(beginning));
  return rank === -1 ? MOST_TELLING.length : rank;
}

/** How far apart two figures are, as a factor of at least 1; what a run says nothing of counts as 0 of it. */
function sizeOf({ a, b }: CounterChange): number {
  if (typeof a === 'string' || typeof b === 'string') return Number.MAX_VALUE;
  const [before, after] = [Math.abs(a ?? 0), Math.abs(b ?? 0)];
  return (Math.max(before, after) + 1) / (Math.min(before, after) + 1);
}
