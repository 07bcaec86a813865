import type { Run } from '../model/run.ts';
import { alphaAtLook, stillPossible } from '../stats/earlyStop.ts';
import { COMPARE_DEFAULTS, type CompareOptions } from '../verdict/compareOptions.ts';
import {
  compareRunSets,
  type RunFacts,
  runFacts,
  type RunSetComparison,
} from '../verdict/compareRunSets.ts';
import { WHOLE_RUN } from '../verdict/metric.ts';
import { samplePairs } from '../verdict/samplePairs.ts';
import { type GateVerdict, gateVerdict, isDeciding } from './gateVerdict.ts';
import { interleaved, type Side } from './schedule.ts';

/** How a gate decides. */
export interface GatePlan {
  /** Runs of either side after which it is decided if it can be. */
  readonly pairs: number;
  /** Runs of either side where it could not. */
  readonly maxPairs: number;
  readonly compare: Partial<CompareOptions>;
}

export const GATE_PAIRS = 7;
export const GATE_MAX_PAIRS = 10;

/** Why a gate made no more runs. */
export type GateStop =
  /** Decided after the planned runs. */
  | 'planned'
  /** All runs were made. */
  | 'cap'
  /** An exact figure got worse: times cannot make up for it. */
  | 'exact'
  /** However the remaining runs turned out, no change could be found. */
  | 'settled'
  | 'cancelled';

export interface GateOutcome {
  readonly verdict: GateVerdict;
  readonly comparison: RunSetComparison;
  readonly stop: GateStop;
  /** Runs of A and of B. */
  readonly runs: readonly [number, number];
  /** Chance of a false alarm at which it was judged; of all looks together it is that of the plan. */
  readonly alpha: number;
}

/** Where a gate is. */
export interface GateProgress {
  readonly done: number;
  readonly planned: number;
  /** Next to be run, or null at the end. */
  readonly next: Side | null;
  /** B / A of the whole run so far; null where there is none of either yet. */
  readonly ratio: number | null;
  readonly verdict: GateVerdict | null;
}

export interface GateBench {
  /** Makes one run. Throws an AbortError to end the gate with what there is. */
  readonly run: (side: Side) => Promise<Run>;
  readonly onProgress: (progress: GateProgress) => void;
  readonly signal: AbortSignal;
}

/** Agreeing runs of either side after which an exact figure that got worse ends the gate. */
const EXACT_PAIRS = 3;
/** Pairs from which on it is asked whether a change can still be found. */
const FUTILITY_PAIRS = 4;

/**
 * Decides whether B got worse than A: runs of both in blocks of A B B A to the planned number, and on to the cap where
 * that decided nothing. Looking twice costs no error: both looks share the level.
 */
export async function runGate(plan: GatePlan, bench: GateBench): Promise<GateOutcome> {
  return new Gate(plan, bench).run();
}

class Gate {
  readonly #plan: GatePlan;
  readonly #bench: GateBench;
  readonly #facts: Readonly<Record<Side, RunFacts[]>> = { a: [], b: [] };

  constructor(plan: GatePlan, bench: GateBench) {
    this.#plan = { ...plan, maxPairs: Math.max(plan.maxPairs, plan.pairs) };
    this.#bench = bench;
  }

  async run(): Promise<GateOutcome> {
    const { pairs, maxPairs } = this.#plan;
    for (const side of interleaved(maxPairs)) {
      this.#report(side);
      try {
        this.#facts[side].push(runFacts(await this.#bench.run(side)));
      } catch (error) {
        if (this.#bench.signal.aborted) return this.#outcome('cancelled', this.#alpha(false));
        throw error;
      }
      const done = this.#facts.a.length;
      if (done !== this.#facts.b.length) continue;
      const stop = done < pairs ? this.#early(done) : this.#late(done);
      if (stop !== null) {
        this.#report(null);
        return this.#outcome(stop, this.#alpha(done >= maxPairs));
      }
    }
    return this.#outcome('cap', this.#alpha(true));
  }

  /** Before the planned number only what cannot change any more ends it. */
  #early(done: number): GateStop | null {
    if (done >= EXACT_PAIRS) {
      const { verdicts } = this.#compare(this.#alpha(false));
      if (verdicts.some(({ tier, verdict }) => tier === 0 && verdict === 'slower')) return 'exact';
    }
    return done >= FUTILITY_PAIRS && this.#isSettled() ? 'settled' : null;
  }

  #late(done: number): GateStop | null {
    const { pairs, maxPairs } = this.#plan;
    if (done >= maxPairs) return 'cap';
    if (done !== pairs) return this.#isSettled() ? 'settled' : null;
    return gateVerdict(this.#compare(this.#alpha(false)), this.#plan.compare) === 'inconclusive'
      ? null
      : 'planned';
  }

  /** Whether no deciding time can turn out slower or faster any more: then more runs find nothing. */
  #isSettled(): boolean {
    const { compare, maxPairs } = this.#plan;
    const options = { ...COMPARE_DEFAULTS, ...compare };
    const pairs = samplePairs(
      this.#facts.a.map(({ metrics }) => metrics),
      this.#facts.b.map(({ metrics }) => metrics),
    ).filter((pair) => isDeciding(pair, compare) && Math.min(...pair.a, ...pair.b) > 0);
    return (
      pairs.length > 0 &&
      pairs.every(({ a, b }) => {
        const { greater, less } = stillPossible(a, b, maxPairs, options);
        return !greater && !less;
      })
    );
  }

  #alpha(last: boolean): number {
    const { pairs, maxPairs, compare } = this.#plan;
    const alpha = compare.alpha ?? COMPARE_DEFAULTS.alpha;
    return maxPairs > pairs ? alphaAtLook(alpha, last ? 1 : 0, 2) : alpha;
  }

  #compare(alpha: number): RunSetComparison {
    return compareRunSets(this.#facts.a, this.#facts.b, { ...this.#plan.compare, alpha });
  }

  #outcome(stop: GateStop, alpha: number): GateOutcome {
    const runs = [this.#facts.a.length, this.#facts.b.length] as const;
    const comparison = Math.min(...runs) === 0 ? NOTHING : this.#compare(alpha);
    const verdict =
      stop === 'cancelled' ? 'inconclusive' : gateVerdict(comparison, this.#plan.compare);
    return { verdict, comparison, stop, runs, alpha };
  }

  #report(next: Side | null): void {
    const { pairs, maxPairs, compare } = this.#plan;
    const { a, b } = this.#facts;
    const done = a.length + b.length;
    const comparison = a.length > 0 && b.length > 0 ? this.#compare(this.#alpha(false)) : null;
    const whole = comparison?.verdicts.find(
      ({ stage, metric }) => stage === WHOLE_RUN && metric === 'seconds',
    );
    this.#bench.onProgress({
      done,
      planned: 2 * (done >= 2 * pairs ? maxPairs : pairs),
      next,
      ratio: whole?.ratio ?? null,
      verdict: comparison === null ? null : gateVerdict(comparison, compare),
    });
  }
}

const NOTHING: RunSetComparison = {
  verdicts: [],
  overall: 'inconclusive',
  environment: { comparable: true, differences: [], unknown: [] },
  lost: [],
  notes: [],
};
