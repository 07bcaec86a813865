import { density, type NoiseModel } from './noiseModel.ts';

/** Half of the range of the drift, as a logarithm, and the grid on it. */
const RANGE = 0.4;
const STEPS = 161;
const STEP = (2 * RANGE) / (STEPS - 1);
/**
 * Drift from one run to the next: as a rule little, in proportion to the noise; now and then the machine changes its
 * speed altogether.
 */
const CREEP_SHARE = 0.2;
const JUMP_SHARE = 0.03;

/**
 * Keeps track of how fast the machine is at the moment against when the levels were learned: a distribution over the
 * common shift of all logarithms, carried from run to run (a grid filter after Bayes). Runs of commits whose side is
 * known tell it most, others as far as their side is likely.
 */
export class DriftFilter {
  #belief: Float64Array = new Float64Array(STEPS);
  readonly #noise: NoiseModel;
  /** Levels of the two sides, logarithms. */
  readonly #good: number;
  readonly #bad: number;

  constructor(good: number, bad: number, noise: NoiseModel) {
    this.#good = good;
    this.#bad = bad;
    this.#noise = noise;
    for (let i = 0; i < STEPS; i += 1) {
      this.#belief[i] = Math.exp(-0.5 * (shiftAt(i) / 0.03) ** 2);
    }
    this.#normalise();
  }

  /** Standard deviation of what is believed of the shift. */
  get uncertainty(): number {
    let mean = 0;
    let square = 0;
    this.#belief.forEach((share, i) => {
      mean += share * shiftAt(i);
      square += share * shiftAt(i) ** 2;
    });
    return Math.sqrt(Math.max(0, square - mean * mean));
  }

  /**
   * Takes a run in.
   *
   * @param log logarithm of its time.
   * @param badShare how likely its commit was on the bad side before: 0 and 1 for the commits at the ends.
   * @returns how likely the run is on either side.
   */
  observe(log: number, badShare: number): { readonly good: number; readonly bad: number } {
    this.#spread();
    const asGood = new Float64Array(STEPS);
    const asBad = new Float64Array(STEPS);
    let good = 0;
    let bad = 0;
    this.#belief.forEach((share, i) => {
      const shift = shiftAt(i);
      asGood[i] = share * density(this.#noise, log - this.#good - shift);
      asBad[i] = share * density(this.#noise, log - this.#bad - shift);
      good += asGood[i] ?? 0;
      bad += asBad[i] ?? 0;
    });
    for (let i = 0; i < STEPS; i += 1) {
      this.#belief[i] = (1 - badShare) * (asGood[i] ?? 0) + badShare * (asBad[i] ?? 0);
    }
    this.#normalise();
    return { good, bad };
  }

  /** What may have happened to the machine since the last run. */
  #spread(): void {
    const spread = new Float64Array(STEPS).fill(JUMP_SHARE / STEPS);
    // Three points with the variance of the creep.
    const creep = CREEP_SHARE * this.#noise.scale;
    const aside = Math.min(0.25, (creep / STEP) ** 2 / 2);
    this.#belief.forEach((share, i) => {
      const kept = share * (1 - JUMP_SHARE);
      const move = (at: number, part: number): void => {
        const inside = Math.min(STEPS - 1, Math.max(0, at));
        spread[inside] = (spread[inside] ?? 0) + part;
      };
      move(i - 1, kept * aside);
      move(i, kept * (1 - 2 * aside));
      move(i + 1, kept * aside);
    });
    this.#belief = spread;
  }

  #normalise(): void {
    const sum = this.#belief.reduce((total, share) => total + share, 0);
    this.#belief = this.#belief.map((share) => (sum > 0 ? share / sum : 1 / STEPS));
  }
}

function shiftAt(index: number): number {
  return index * STEP - RANGE;
}
