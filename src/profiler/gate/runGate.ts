import type { Run } from '../model/run.ts';
import { hodgesLehmannRatio } from '../stats/hodgesLehmann.ts';
import { COMPARE_DEFAULTS, type CompareOptions, isWanted } from '../verdict/compareOptions.ts';
import {
  compareRunSets,
  type RunFacts,
  runFacts,
  type RunSetComparison,
} from '../verdict/compareRunSets.ts';
import { exactVerdicts } from '../verdict/exactVerdicts.ts';
import { type RunMetrics, WHOLE_RUN } from '../verdict/metric.ts';
import { samplePairs } from '../verdict/samplePairs.ts';
import { interimComparison } from '../verdict/sequential.ts';
import { type GateVerdict, gateVerdict } from './gateVerdict.ts';
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

export interface GateOutcome {
  readonly verdict: GateVerdict;
  readonly comparison: RunSetComparison;
  /** Runs of A and of B. */
  readonly runs: readonly [number, number];
  /** Why there were no more runs, in one sentence. */
  readonly why: string;
  readonly cancelled: boolean;
  /** What it was judged with at the look that ended it; all looks together err as often as the plan allows. */
  readonly alpha: number;
  /** Of the intervals. */
  readonly confidence: number;
}

/** Where a gate is. */
export interface GateProgress {
  readonly done: number;
  readonly planned: number;
  /** Next to be run, or null at the end. */
  readonly next: Side | null;
  /** B / A of the whole run so far; null where there is none of either yet. */
  readonly ratio: number | null;
  /** At the last look; null before the first. */
  readonly verdict: GateVerdict | null;
}

export interface GateBench {
  /** Makes one run. It may throw once `signal` is aborted: the gate then ends with what there is. */
  readonly run: (side: Side) => Promise<Run>;
  readonly onProgress: (progress: GateProgress) => void;
  readonly signal: AbortSignal;
}

/** Runs of either side before the first look at times: fewer cannot be significant. */
const FIRST_LOOK = 5;
/** Agreeing runs of either side after which an exact figure that got worse ends the gate. */
const EXACT_PAIRS = 3;

/** Of a figure that counts spans: a few runs may agree by chance where it varies, so it waits for a look. */
const SPAN_COUNT = 'spans:';

/**
 * Decides whether B got worse than A: runs of both in blocks of A B B A, judged early where that is clear, at the
 * planned number, and at the cap where that decided nothing. An exact figure that got worse ends it at once: times
 * cannot make up for it.
 */
export async function runGate(plan: GatePlan, bench: GateBench): Promise<GateOutcome> {
  return new Gate(plan, bench).run();
}

class Gate {
  readonly #bench: GateBench;
  readonly #compare: Partial<CompareOptions>;
  /** Runs of either side after which it is judged. */
  readonly #looks: readonly number[];
  readonly #pairs: number;
  readonly #facts: Readonly<Record<Side, RunFacts[]>> = { a: [], b: [] };
  #soFar: GateVerdict | null = null;

  constructor({ pairs, maxPairs, compare }: GatePlan, bench: GateBench) {
    this.#bench = bench;
    this.#compare = compare;
    this.#pairs = pairs;
    const looks = new Set([Math.min(FIRST_LOOK, pairs), pairs, Math.max(pairs, maxPairs)]);
    this.#looks = Array.from(looks).sort((x, y) => x - y);
  }

  async run(): Promise<GateOutcome> {
    const { a, b } = this.#facts;
    for (const side of interleaved(this.#looks.at(-1) ?? 0)) {
      this.#report(side);
      try {
        this.#facts[side].push(runFacts(await this.#bench.run(side)));
      } catch (error) {
        if (this.#bench.signal.aborted) return this.#cancelled();
        throw error;
      }
      const outcome = a.length === b.length ? this.#judge(a.length) : null;
      if (outcome !== null) {
        this.#report(null);
        return outcome;
      }
    }
    throw new RangeError('The last look ends a gate.');
  }

  #judge(pairs: number): GateOutcome | null {
    const look = this.#looks.indexOf(pairs);
    const { a, b } = this.#facts;
    if (look < 0) return pairs >= EXACT_PAIRS ? this.#exactRegression() : null;
    const interim = interimComparison(a, b, look, this.#compare, this.#looks);
    const { comparison, final, alpha, confidence } = interim;
    const verdict = gateVerdict(comparison, this.#compare);
    this.#soFar = verdict;
    const enough = verdict === 'fine' && pairs >= this.#pairs;
    if (!final && !enough) return this.#exactRegression();
    const why = final ? interim.why : 'The run did not get slower by the threshold.';
    return { verdict, comparison, why, alpha, confidence, runs: this.#runs, cancelled: false };
  }

  #exactRegression(): GateOutcome | null {
    const [a, b] = this.#metrics;
    const options = { ...COMPARE_DEFAULTS, ...this.#compare };
    const worse = exactVerdicts(a, b).some(
      (each) =>
        each.verdict === 'slower' && isWanted(each, options) && !each.metric.startsWith(SPAN_COUNT),
    );
    return worse
      ? this.#atPresent('An exact figure got worse: times cannot make up for it.')
      : null;
  }

  #cancelled(): GateOutcome {
    const none = Math.min(...this.#runs) === 0;
    const outcome = none ? NOTHING : this.#atPresent('');
    const why = 'Cancelled: this is what there was.';
    return { ...outcome, why, runs: this.#runs, verdict: 'inconclusive', cancelled: true };
  }

  get #metrics(): readonly [RunMetrics[], RunMetrics[]] {
    const { a, b } = this.#facts;
    return [a.map(({ metrics }) => metrics), b.map(({ metrics }) => metrics)];
  }

  get #runs(): readonly [number, number] {
    return [this.#facts.a.length, this.#facts.b.length];
  }

  #atPresent(why: string): GateOutcome {
    const { alpha, confidence } = { ...COMPARE_DEFAULTS, ...this.#compare };
    const comparison = compareRunSets(this.#facts.a, this.#facts.b, this.#compare);
    const verdict = gateVerdict(comparison, this.#compare);
    return { verdict, comparison, why, alpha, confidence, runs: this.#runs, cancelled: false };
  }

  #report(next: Side | null): void {
    const { a, b } = this.#facts;
    const whole = samplePairs(...this.#metrics).find(
      ({ stage, metric }) => stage === WHOLE_RUN && metric === 'seconds',
    );
    const known = whole !== undefined && whole.a.length > 0 && whole.b.length > 0;
    const [first = 0, ...later] = this.#looks;
    const planned = [first, ...later].find((pairs) => pairs * 2 > a.length + b.length);
    this.#bench.onProgress({
      done: a.length + b.length,
      planned: 2 * (planned ?? this.#looks.at(-1) ?? 0),
      next,
      ratio: known ? hodgesLehmannRatio(whole.a, whole.b).value : null,
      verdict: this.#soFar,
    });
  }
}

const NOTHING: GateOutcome = {
  verdict: 'inconclusive',
  comparison: {
    verdicts: [],
    overall: 'inconclusive',
    environment: { comparable: true, differences: [], unknown: [] },
    lost: [],
    notes: [],
  },
  why: '',
  runs: [0, 0],
  alpha: COMPARE_DEFAULTS.alpha,
  confidence: COMPARE_DEFAULTS.confidence,
  cancelled: true,
};
