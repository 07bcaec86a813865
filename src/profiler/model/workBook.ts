import type { WorkAccount } from './workAccount.ts';

/** What to add to the account of a stage; what is left out stays as it is. */
export interface WorkEntry {
  readonly unit?: string;
  readonly itemsIn?: number;
  readonly itemsOut?: number;
  readonly dropped?: Readonly<Record<string, number>>;
  readonly audioSeconds?: number;
  readonly deviceAsked?: string;
  readonly deviceUsed?: string;
  readonly batchSize?: number;
  readonly loads?: Readonly<Record<string, number>>;
}

interface OpenAccount {
  unit: string;
  itemsIn: number;
  itemsOut: number;
  audioSeconds: number | null;
  deviceAsked: string | null;
  deviceUsed: string | null;
  batchSize: number | null;
  readonly dropped: Map<string, number>;
  readonly loads: Map<string, number>;
}

/** A sum that was once no number would stay none: such amounts count as nothing. */
function finite(amount: number | undefined): number {
  return amount !== undefined && Number.isFinite(amount) ? amount : 0;
}

function addAll(totals: Map<string, number>, amounts: Readonly<Record<string, number>>): void {
  for (const [key, amount] of Object.entries(amounts)) {
    totals.set(key, (totals.get(key) ?? 0) + finite(amount));
  }
}

/** Accumulates the work accounts of a run: numbers add up, words and the batch size are replaced. */
export class WorkBook {
  readonly #accounts = new Map<string, OpenAccount>();

  add(stage: string, entry: WorkEntry): void {
    const account = this.#account(stage);
    if (entry.unit !== undefined) account.unit = entry.unit;
    account.itemsIn += finite(entry.itemsIn);
    account.itemsOut += finite(entry.itemsOut);
    if (entry.audioSeconds !== undefined) {
      account.audioSeconds = (account.audioSeconds ?? 0) + finite(entry.audioSeconds);
    }
    account.deviceAsked = entry.deviceAsked ?? account.deviceAsked;
    account.deviceUsed = entry.deviceUsed ?? account.deviceUsed;
    account.batchSize = entry.batchSize ?? account.batchSize;
    addAll(account.dropped, entry.dropped ?? {});
    addAll(account.loads, entry.loads ?? {});
  }

  /** The accounts so far, in the order in which the stages were first named. */
  toArray(): WorkAccount[] {
    return Array.from(this.#accounts, ([stage, account]) => ({
      stage,
      ...account,
      dropped: Object.fromEntries(account.dropped),
      loads: Object.fromEntries(account.loads),
    }));
  }

  #account(stage: string): OpenAccount {
    const known = this.#accounts.get(stage);
    if (known !== undefined) return known;
    const account: OpenAccount = {
      unit: '',
      itemsIn: 0,
      itemsOut: 0,
      audioSeconds: null,
      deviceAsked: null,
      deviceUsed: null,
      batchSize: null,
      dropped: new Map(),
      loads: new Map(),
    };
    this.#accounts.set(stage, account);
    return account;
  }
}
