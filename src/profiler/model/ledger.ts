/** One bucket of a ledger. */
export interface LedgerBucket {
  readonly name: string;
  /** Why the units are in this bucket, where the name alone does not say. */
  readonly reason?: string;
  readonly amount: number;
}

/** An account in which every unit lies in exactly one bucket: the amounts sum to the total. */
export interface Ledger {
  readonly name: string;
  /** `seconds`, `segments`, `texts`, … */
  readonly unit: string;
  readonly total: number;
  readonly buckets: readonly LedgerBucket[];
}
