import { comeAgain } from './requestProblem.ts';

/** Counts the bytes of all bodies that are in memory. */
export class ByteBudget {
  readonly #limit: number;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The share of one request, to be given back at its end. */
  share(): BytesInFlight {
    let taken = 0;
    return {
      take: (bytes) => {
        if (this.#total + bytes > this.#limit) {
          throw comeAgain(429, 'More is on its way than can be held at a time.');
        }
        taken += bytes;
        this.#total += bytes;
      },
      giveBack: () => {
        this.#total -= taken;
        taken = 0;
      },
    };
  }
}

/** What one request holds of the bytes in memory. */
export interface BytesInFlight {
  /** @throws RequestProblem 429 beyond the limit */
  take(bytes: number): void;
  giveBack(): void;
}
