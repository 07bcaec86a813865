import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import type { Samples } from '../audio/samples.ts';
import { END_TOKEN } from '../recognition/tokens.ts';

/** Greedy speech never needs more: 6.5 ids a second (Moonshine's own cap) and a few for short clips. */
const TOKENS_PER_SECOND = 6.5;
const EXTRA_TOKENS = 4;

export interface RecognisedTokens {
  readonly ids: readonly number[];
  /** Sum of the natural logarithms of the chosen tokens' probabilities, the end token included. */
  readonly logProbability: number;
  /** The cap on tokens ended the clip, not the model. */
  readonly capped: boolean;
}

/** Cap on the number of tokens of a clip. */
export function tokenCap(samples: Samples): number {
  return Math.floor((samples / SAMPLE_RATE) * TOKENS_PER_SECOND) + EXTRA_TOKENS;
}

/** One clip while it is decoded greedily. */
export class GreedyRow {
  readonly #ids: number[] = [];
  readonly #cap: number;
  #logProbability = 0;
  #ended = false;

  constructor(samples: Samples) {
    this.#cap = tokenCap(samples);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Takes the next token. Nothing is taken after the end. */
  take(id: number, logProbability: number): void {
    if (this.#ended) return;
    this.#logProbability += logProbability;
    if (id === END_TOKEN) this.#ended = true;
    else {
      this.#ids.push(id);
      this.#ended = this.#ids.length >= this.#cap;
    }
  }

  result(): RecognisedTokens {
    return {
      ids: this.#ids,
      logProbability: this.#logProbability,
      capped: this.#ids.length >= this.#cap,
    };
  }
}
