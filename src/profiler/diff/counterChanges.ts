import type { Run } from '../model/run.ts';
import type { WorkAccount } from '../model/workAccount.ts';

/** A figure that is exact and differs: no statistics are needed to believe it. */
export interface CounterChange {
  /** The stage that it belongs to, or null. */
  readonly stage: string | null;
  /** Such as `itemsOut`, `dropped:too short`, `loads:model:x`, `device`. */
  readonly counter: string;
  /** Null where the run says nothing of it. */
  readonly a: number | string | null;
  readonly b: number | string | null;
}

/** What two runs counted and what differs between them, in the order in which A names it, then B. */
export function counterChanges(a: Run, b: Run): CounterChange[] {
  const inA = exactFigures(a);
  const inB = exactFigures(b);
  const changes: CounterChange[] = [];
  for (const key of new Set([...inA.keys(), ...inB.keys()])) {
    const before = inA.get(key) ?? null;
    const after = inB.get(key) ?? null;
    if (before === after) continue;
    const [stage, counter] = JSON.parse(key) as [string | null, string];
    changes.push({ stage, counter, a: before, b: after });
  }
  return changes;
}

function exactFigures(run: Run): Map<string, number | string> {
  const figures = new Map<string, number | string>();
  const set = (stage: string | null, counter: string, value: number | string | null): void => {
    if (value !== null) figures.set(JSON.stringify([stage, counter]), value);
  };
  for (const account of run.work) {
    for (const [counter, value] of accountFigures(account)) set(account.stage, counter, value);
  }
  for (const { name, buckets } of run.ledgers) {
    for (const bucket of buckets) {
      const reason = bucket.reason === undefined ? '' : `: ${bucket.reason}`;
      set(null, `ledger:${name}: ${bucket.name}${reason}`, bucket.amount);
    }
  }
  return figures;
}

function accountFigures(account: WorkAccount): [string, number | string | null][] {
  const counted = account.unit !== '';
  return [
    ['itemsIn', counted ? account.itemsIn : null],
    ['itemsOut', counted ? account.itemsOut : null],
    ['batchSize', account.batchSize],
    ['deviceAsked', account.deviceAsked],
    ['deviceUsed', account.deviceUsed],
    ...Object.entries(account.dropped).map(([reason, count]): [string, number] => [
      `dropped:${reason}`,
      count,
    ]),
    ...Object.entries(account.loads).map(([resource, count]): [string, number] => [
      `loads:${resource}`,
      count,
    ]),
  ];
}
