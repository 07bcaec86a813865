/**
 * What one stage took in, gave out and lost, and with what it worked. The exact counters of a run: they need no
 * statistics to be compared.
 */
export interface WorkAccount {
  /** Stage id, or RUN_STAGE for what belongs to no stage. */
  readonly stage: string;
  /** What is counted: `texts`, `segments`, `seconds`, …; empty where the account only holds loads. */
  readonly unit: string;
  readonly itemsIn: number;
  readonly itemsOut: number;
  /** Items lost on the way, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Seconds of audio worked on, or null where it does not apply. */
  readonly audioSeconds: number | null;
  readonly deviceAsked: string | null;
  readonly deviceUsed: string | null;
  readonly batchSize: number | null;
  /** How often each resource was loaded, by resource key such as `audio:…` or `model:…`. */
  readonly loads: Readonly<Record<string, number>>;
}

/** The stage of work that belongs to the run as a whole. */
export const RUN_STAGE = 'run';

/** Loads by resource key over all stages of a run. */
export function totalLoads(work: readonly WorkAccount[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const account of work) {
    for (const [key, count] of Object.entries(account.loads)) {
      totals.set(key, (totals.get(key) ?? 0) + count);
    }
  }
  return totals;
}
