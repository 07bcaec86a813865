import type { Ledger } from '../model/ledger.ts';

/** Hundredths of a percent in the whole. */
const WHOLE = 10_000;

/**
 * The share of each bucket in percent with two decimals, by the largest-remainder method, so that they sum to exactly
 * 100.00: each is rounded down, and the hundredths left go to the buckets that lost most by it. All are 0 in a ledger
 * that holds nothing.
 */
export function percentages(ledger: Ledger): number[] {
  const sum = ledger.buckets.reduce((amount, bucket) => amount + bucket.amount, 0);
  if (!(sum > 0)) return ledger.buckets.map(() => 0);
  const exact = ledger.buckets.map(({ amount }) => (amount / sum) * WHOLE);
  const rounded = exact.map(Math.floor);
  const left = WHOLE - rounded.reduce((total, hundredths) => total + hundredths, 0);
  const byLoss = exact
    .map((hundredths, i) => ({ i, loss: hundredths - Math.floor(hundredths) }))
    .sort((a, b) => b.loss - a.loss || a.i - b.i);
  for (const { i } of byLoss.slice(0, left)) rounded[i] = (rounded[i] ?? 0) + 1;
  return rounded.map((hundredths) => hundredths / 100);
}
