const TWO_32 = 4294967296;
const NS_PER_SECOND = 1_000_000_000n;

/**
 * Turns Unix times of 64 bits into doubles of nanoseconds after an epoch, exact for 104 days around it. The epoch is the
 * first time that is asked for, where none is given.
 */
export class OtlpClock {
  #epochNs: bigint | null = null;
  #high = 0;
  #low = 0;
  #seconds = 0;
  #nanos = 0;

  constructor(epochNs: bigint | null = null) {
    if (epochNs !== null) this.#setEpoch(epochNs);
  }

  /** Unix nanoseconds of time 0; null as long as no time was asked for. */
  get epochNs(): bigint | null {
    return this.#epochNs;
  }

  /** The time of a fixed64, as its two words; NaN for 0, which stands for no time. */
  fromWords(high: number, low: number): number {
    if (high === 0 && low === 0) return Number.NaN;
    if (this.#epochNs === null) this.#setEpoch((BigInt(high) << 32n) | BigInt(low));
    return (high - this.#high) * TWO_32 + (low - this.#low);
  }

  /** The time of whole seconds and nanoseconds; NaN for 0 and for what 64 bits cannot hold. */
  fromSeconds(seconds: number, nanos: number): number {
    if (!(seconds >= 0 && seconds < 18446744073 && nanos >= 0)) return Number.NaN;
    if (seconds === 0 && nanos === 0) return Number.NaN;
    if (this.#epochNs === null) {
      this.#setEpoch(BigInt(Math.floor(seconds)) * NS_PER_SECOND + BigInt(Math.floor(nanos)));
    }
    return (seconds - this.#seconds) * 1e9 + (nanos - this.#nanos);
  }

  #setEpoch(epochNs: bigint): void {
    this.#epochNs = epochNs;
    const unsigned = BigInt.asUintN(64, epochNs);
    this.#high = Number(unsigned >> 32n);
    this.#low = Number(unsigned & 0xffffffffn);
    this.#seconds = Number(epochNs / NS_PER_SECOND);
    this.#nanos = Number(epochNs % NS_PER_SECOND);
  }
}
