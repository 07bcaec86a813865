import { ratioTest } from '../stats/ratioTest.ts';
import { alphaAtLook } from '../stats/earlyStop.ts';
import { interleaved } from '../gate/schedule.ts';
import { DriftFilter } from './driftFilter.ts';
import { medianOf, noiseOf } from './noiseModel.ts';
import { type SuspectGraph, Suspects } from './suspects.ts';

/** Runs commits and tells how long they took. */
export interface CommitRunner {
  /** Seconds (or whatever is measured) of one run of the commit at either end. */
  readonly end: (which: 'good' | 'bad') => Promise<number>;
  /** The same of a commit in between; null where it cannot be run. */
  readonly candidate: (index: number) => Promise<number | null>;
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Once it is aborted, runs may throw: the search then ends with what there is. */
  readonly signal?: AbortSignal;
}

/** Where a search is. */
export interface SearchProgress {
  readonly phase: 'confirm' | 'search';
  readonly runs: number;
  /** How likely each commit is. */
  readonly belief: Float64Array;
  /** The commit being run, or null for one of the ends. */
  readonly candidate: number | null;
}

export interface SearchOptions {
  /** Least ratio of bad to good that is a difference: 1.05 for 5 %. */
  readonly threshold: number;
  /** Of a false difference, and of naming the wrong commit. */
  readonly alpha: number;
  /** Most runs of either end before there is said to be no difference. */
  readonly maxPairs: number;
  /** Most runs altogether. */
  readonly maxRuns: number;
}

export const SEARCH_DEFAULTS: SearchOptions = {
  threshold: 1.05,
  alpha: 0.05,
  maxPairs: 10,
  maxRuns: 200,
};

/** What a search came to. */
export interface SearchResult {
  /**
   * `found`: one commit. `group`: several that cannot be told apart. `open`: the runs ran out. `same`: no difference.
   * `cancelled`: it was ended before it was done.
   */
  readonly outcome: 'found' | 'group' | 'open' | 'same' | 'cancelled';
  /** Whether good and bad differ for sure. */
  readonly differs: boolean;
  readonly suspects: readonly number[];
  /** How likely one of the suspects is the one. */
  readonly confidence: number;
  readonly good: readonly number[];
  readonly bad: readonly number[];
  /** Bad to good, with its 90 % interval; NaN where not both have been run. */
  readonly ratio: { readonly value: number; readonly low: number; readonly high: number };
  /** NaN where it was cancelled before that was tested. */
  readonly p: number;
  readonly runs: number;
  /** Of these, to confirm that there is a difference. */
  readonly confirmationRuns: number;
  readonly skipped: readonly number[];
}

/** Runs of either end before the first look: fewer cannot be significant. */
const FIRST_LOOK = 4;
/** Suspicion at which a visit of a commit ends: nearly sure that it is on one side. */
const SURE = 0.03;
/** Most runs of one commit in one visit. */
const MOST_IN_A_VISIT = 8;
/** Runs of the commits on either side of the change before it is named. */
const VERIFYING_ROUNDS = 2;
/** The ends are run again where the drift is less certain than this share of the difference. */
const DRIFT_SHARE = 0.2;
/** Runs after which an end is run again in any case. */
const ANCHOR_EVERY = 3;

/**
 * Finds the commit that made a program slower with as few runs as the noise allows: first good and bad are run in turn
 * until their difference is sure; then every run of a commit in between is weighed against both levels, and the next
 * commit is the one that halves the suspicion best. One run is often enough; more are spent only where it says little.
 * The ends are run again in between, so that a machine that drifts is noticed.
 */
export async function searchCommit(
  graph: SuspectGraph,
  runner: CommitRunner,
  options: SearchOptions = SEARCH_DEFAULTS,
): Promise<SearchResult> {
  return new CommitSearch(graph, runner, options).run();
}

class CommitSearch {
  readonly #suspects: Suspects;
  readonly #runner: CommitRunner;
  readonly #options: SearchOptions;
  readonly #good: number[] = [];
  readonly #bad: number[] = [];
  readonly #skipped: number[] = [];
  /** Of the difference between good and bad; null until it is sure. */
  #p: number | null = null;
  #runs = 0;
  #confirmationRuns = 0;
  #sinceAnchor = 0;
  #lastEnd: 'good' | 'bad' = 'bad';

  constructor(graph: SuspectGraph, runner: CommitRunner, options: SearchOptions) {
    this.#suspects = new Suspects(graph);
    this.#runner = runner;
    this.#options = options;
  }

  async run(): Promise<SearchResult> {
    try {
      return await this.#search();
    } catch (error) {
      if (this.#runner.signal?.aborted !== true) throw error;
      const all = Array.from(this.#suspects.belief.keys());
      return this.#result(
        'cancelled',
        this.#p === null ? all : this.#suspects.remaining(this.#certain),
      );
    }
  }

  /** Share of the suspicion that names a commit. */
  get #certain(): number {
    return 1 - this.#options.alpha / 2;
  }

  async #search(): Promise<SearchResult> {
    this.#p = await this.#confirm();
    if (this.#p === null) return this.#result('same', []);
    const good = this.#good.map(Math.log);
    const bad = this.#bad.map(Math.log);
    const [levelGood, levelBad] = [medianOf(good), medianOf(bad)];
    const filter = new DriftFilter(levelGood, levelBad, noiseOf([good, bad]));
    let verified: string | null = null;
    while (this.#runs < this.#options.maxRuns) {
      const found = this.#suspects.likeliest(this.#certain);
      if (found !== null && verified === found.join()) {
        return this.#result(found.length === 1 ? 'found' : 'group', found);
      }
      if (found !== null) {
        verified = found.join();
        await this.#verify(found, filter);
        continue;
      }
      const next = this.#suspects.next();
      if (next === null) break;
      await this.#visit(next, filter, levelBad - levelGood);
    }
    return this.#result('open', this.#suspects.remaining(this.#certain));
  }

  /** Runs both ends in turn until they differ for sure; null where they do not. */
  async #confirm(): Promise<number | null> {
    const { maxPairs, alpha, threshold } = this.#options;
    const looks = maxPairs - FIRST_LOOK + 1;
    for (const side of interleaved(maxPairs)) {
      this.#report('confirm', null);
      if (side === 'a') this.#good.push(await this.#runner.end('good'));
      else this.#bad.push(await this.#runner.end('bad'));
      this.#runs += 1;
      this.#confirmationRuns = this.#runs;
      const pairs = this.#good.length;
      if (pairs !== this.#bad.length || pairs < FIRST_LOOK) continue;
      const look = alphaAtLook(alpha, pairs - FIRST_LOOK, looks);
      const test = ratioTest(this.#good, this.#bad, { alpha: look, threshold, confidence: 0.9 });
      const differs = test.ratio.value >= threshold && test.ratio.low > 1;
      if (test.greater <= look && differs) return test.greater;
    }
    return null;
  }

  async #visit(candidate: number, filter: DriftFilter, difference: number): Promise<void> {
    for (let visit = 0; visit < MOST_IN_A_VISIT && this.#runs < this.#options.maxRuns; visit += 1) {
      const adrift = filter.uncertainty > DRIFT_SHARE * difference;
      if (adrift || this.#sinceAnchor >= ANCHOR_EVERY) await this.#runEnd(filter);
      if (!(await this.#runCandidate(candidate, filter))) return;
      const share = this.#suspects.badShare(candidate);
      if (share < SURE || share > 1 - SURE) return;
    }
  }

  /** False where the commit cannot be run. */
  async #runCandidate(candidate: number, filter: DriftFilter): Promise<boolean> {
    this.#report('search', candidate);
    const value = await this.#runner.candidate(candidate);
    if (value === null) {
      this.#suspects.skip(candidate);
      if (!this.#skipped.includes(candidate)) this.#skipped.push(candidate);
      return false;
    }
    this.#runs += 1;
    this.#sinceAnchor += 1;
    const before = this.#suspects.badShare(candidate);
    this.#suspects.observe(candidate, filter.observe(Math.log(value), before));
    return true;
  }

  /**
   * Runs the commits on both sides of the change once more in turn: what named it was the extreme of many runs, and is
   * believed only if fresh ones agree.
   */
  async #verify(found: readonly number[], filter: DriftFilter): Promise<void> {
    const after = found.at(-1);
    const before = this.#suspects.lastBefore(found);
    for (let round = 0; round < VERIFYING_ROUNDS; round += 1) {
      for (const tested of round % 2 === 0 ? [before, after] : [after, before]) {
        if (tested === undefined || this.#runs >= this.#options.maxRuns) continue;
        if (tested !== null) await this.#runCandidate(tested, filter);
        else await this.#runEnd(filter, 'good');
      }
    }
  }

  async #runEnd(
    filter: DriftFilter,
    end: 'good' | 'bad' = this.#lastEnd === 'bad' ? 'good' : 'bad',
  ): Promise<void> {
    this.#report('search', null);
    const value = await this.#runner.end(end);
    (end === 'good' ? this.#good : this.#bad).push(value);
    filter.observe(Math.log(value), end === 'good' ? 0 : 1);
    this.#lastEnd = end;
    this.#runs += 1;
    this.#sinceAnchor = 0;
  }

  #report(phase: SearchProgress['phase'], candidate: number | null): void {
    const { belief } = this.#suspects;
    this.#runner.onProgress?.({ phase, runs: this.#runs, belief, candidate });
  }

  #result(outcome: SearchResult['outcome'], suspects: readonly number[]): SearchResult {
    const { belief } = this.#suspects;
    const { alpha, threshold } = this.#options;
    const none = Math.min(this.#good.length, this.#bad.length) === 0;
    const rule = { alpha, threshold, confidence: 0.9 };
    const test = none ? null : ratioTest(this.#good, this.#bad, rule);
    return {
      outcome,
      differs: this.#p !== null,
      suspects,
      confidence: suspects.reduce((sum, suspect) => sum + (belief[suspect] ?? 0), 0),
      good: this.#good,
      bad: this.#bad,
      ratio: test?.ratio ?? { value: NaN, low: NaN, high: NaN },
      p: this.#p ?? (outcome === 'same' && test !== null ? test.greater : NaN),
      runs: this.#runs,
      confirmationRuns: this.#confirmationRuns,
      skipped: this.#skipped,
    };
  }
}
