import type { Ledger, LedgerBucket } from '../model/ledger.ts';
import { ProfilerError } from '../model/profilerError.ts';

/** Bucket of what nobody accounted for. */
export const UNEXPLAINED = 'unexplained';

/** Share of the total that sums of doubles may be off without anything being wrong. */
const RELATIVE_TOLERANCE = 1e-9;

function checkAmount(name: string, amount: number): void {
  if (!(amount >= 0 && amount < Infinity)) {
    throw new ProfilerError('ledger.invalid-amount', `${name} holds ${amount}.`);
  }
}

function mergeEqual(buckets: readonly LedgerBucket[]): LedgerBucket[] {
  const merged = new Map<string, LedgerBucket>();
  for (const bucket of buckets) {
    const key = JSON.stringify([bucket.name, bucket.reason]);
    merged.set(key, { ...bucket, amount: bucket.amount + (merged.get(key)?.amount ?? 0) });
  }
  return [...merged.values()];
}

/**
 * Makes a ledger in which every unit lies in exactly one bucket. Buckets of the same name and reason are added up;
 * what they leave of the total goes to a bucket of its own.
 *
 * @param remainder name of that bucket, where the remainder has a meaning (such as non-speech).
 * @throws ProfilerError `ledger.invalid-amount` for amounts that are negative or no number, `ledger.overfull` where the
 *   buckets hold more than the total.
 */
export function closeLedger(
  name: string,
  unit: string,
  total: number,
  buckets: readonly LedgerBucket[],
  remainder: string = UNEXPLAINED,
): Ledger {
  checkAmount(`The total of ${name}`, total);
  for (const bucket of buckets) checkAmount(`${bucket.name} of ${name}`, bucket.amount);
  const merged = mergeEqual(buckets);
  const sum = merged.reduce((amount, bucket) => amount + bucket.amount, 0);
  const rest = total - sum;
  const tolerance = total * RELATIVE_TOLERANCE;
  if (rest < -tolerance) {
    const message = `The buckets of ${name} hold ${sum} of only ${total} ${unit}.`;
    throw new ProfilerError('ledger.overfull', message);
  }
  if (rest <= tolerance) return { name, unit, total, buckets: merged };
  return { name, unit, total, buckets: mergeEqual([...merged, { name: remainder, amount: rest }]) };
}
